// The demo world: the same stages, channels and ids each time. Examples in the documentation name some of them.

import { changeHealth, failStream, startStream, stopStream } from '../low-latency/broadcast.ts';
import { addChannel } from '../low-latency/channel.ts';
import { join, leave, publish, subscribe, unpublish } from '../realtime/presence.ts';
import { addStage } from '../realtime/stage.ts';
import { activeSession } from '../realtime/stage-session.ts';
import { Random } from '../world/random.ts';
import type { Account, Channel, Stage, World } from '../world/world.ts';
import { namedBy, seedBroadcasting, seedStreamKeys } from './broadcasting.ts';
import { seedCompositions, seedConfigurations } from './compositions.ts';
import { seedGuests } from './ingest-and-replicas.ts';
import { person, readableId } from './people.ts';
import { type ChannelPlan, channels, type StagePlan, stages } from './plan.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function seedDemo(account: Account): void {
  const random = new Random(20_200_714);
  for (const [region, plans] of Object.entries(stages)) {
    const world = account.world(region);
    seedConfigurations(world);
    for (const plan of plans) seedStage(world, plan, random);
  }
  for (const [region, plans] of Object.entries(channels)) {
    const world = account.world(region);
    seedBroadcasting(world);
    for (const plan of plans) seedChannel(world, plan);
  }
  seedCompositions(account.world('us-west-2'));
  seedGuests(account.world('us-west-2'));
  for (const world of account.worlds()) seedStreamKeys(world);
}

function seedStage(world: World, plan: StagePlan, random: Random): void {
  const { name, tags = {}, present = 0, publishing = 0, left = 0, pastSessions = 0, recorded = false } = plan;
  const storageConfigurationArn = recorded ? [...world.storageConfigurations.values()][0]?.arn : undefined;
  const stage = addStage(world, {
    arn: world.newArn('stage', readableId(name, 12)),
    name,
    tags,
    ...(storageConfigurationArn && { autoParticipantRecordingConfiguration: { storageConfigurationArn } }),
  });
  const now = world.now().getTime();
  for (let back = pastSessions; back > 0; back -= 1) {
    const session = { begin: now - back * DAY, present: 3 + back, publishing: 2, left: 0, number: back + 1 };
    holdSession(world, stage, session, random);
    endSession(world, stage, now - back * DAY + 90 * MINUTE);
  }
  if (present > 0)
    holdSession(world, stage, { begin: now - 45 * MINUTE, present, publishing, left, number: 1 }, random);
}

interface SessionPlan {
  begin: number;
  /** How many are there, how many of them publish, and how many more have left again. */
  present: number;
  publishing: number;
  left: number;
  number: number;
}

function holdSession(world: World, stage: Stage, plan: SessionPlan, random: Random): void {
  const { begin, present, publishing, left, number } = plan;
  const sessionId = `st-${readableId(stage.name ?? '', 13, number)}`;
  const participants = Array.from({ length: present + left }, (_, index) => person(index, random));
  participants.forEach((joining, index) => {
    const { participantId = '' } = joining;
    world.asOf(new Date(begin + index * 10_000), () => {
      join(world, stage, { ...joining, sessionId });
      if (index < publishing) publish(world, stage, participantId);
      else if (publishing > 0) subscribe(world, stage, participantId, participants[0]?.participantId ?? '');
    });
  });
  // A participant who spoke and stopped, and those who left: the last to come
  const spoke = participants[publishing]?.participantId ?? '';
  world.asOf(new Date(begin + 30 * MINUTE), () => {
    if (present > publishing && publishing < 12) {
      publish(world, stage, spoke);
      unpublish(world, stage, spoke);
    }
    for (const { participantId = '' } of participants.slice(present)) leave(world, stage, participantId);
  });
}

function endSession(world: World, stage: Stage, time: number): void {
  const session = activeSession(stage);
  world.asOf(new Date(time), () => {
    for (const { participantId } of session?.participants.values() ?? []) leave(world, stage, participantId);
  });
}

function seedChannel(world: World, plan: ChannelPlan): void {
  const { pastStreams = 0, viewerCount, starving, uses, ...settings } = plan;
  const { name } = plan;
  const arn = world.newArn('channel', readableId(name, 12));
  const channel = addChannel(world, { arn, ...settings, ...namedBy(world, uses) });
  const now = world.now().getTime();
  const streamId = (number: number) => `st-${readableId(name, 23, number)}`;
  for (let back = pastStreams; back > 0; back -= 1) {
    const stream = { streamId: streamId(back + 1), begin: now - back * DAY, troubled: back === pastStreams };
    holdStream(world, channel, stream);
  }
  if (viewerCount === undefined) return;
  world.asOf(new Date(now - 60 * MINUTE), () =>
    startStream(world, channel, { streamId: streamId(1), viewerCount }),
  );
  if (starving) world.asOf(new Date(now - MINUTE), () => changeHealth(world, channel, 'STARVING'));
}

/** Two hours on air, a minute of them without a picture; if `troubled`, with too many bits as well. */
function holdStream(
  world: World,
  channel: Channel,
  { streamId, begin, troubled }: { streamId: string; begin: number; troubled: boolean },
): void {
  const at = (minutes: number, happen: () => void) => world.asOf(new Date(begin + minutes * MINUTE), happen);
  at(0, () => startStream(world, channel, { streamId }));
  at(30, () => changeHealth(world, channel, 'STARVING'));
  at(31, () => changeHealth(world, channel, 'HEALTHY'));
  if (troubled) at(45, () => failStream(world, channel, 'Ingest Bitrate'));
  at(120, () => stopStream(world, channel));
}
