// The demo world: the same stages, channels and ids each time. Examples in the documentation name some of them.

import { changeHealth, startStream, stopStream } from '../low-latency/broadcast.ts';
import { addChannel } from '../low-latency/channel.ts';
import { activeSession, join, leave, publish, subscribe, unpublish } from '../realtime/presence.ts';
import { addStage } from '../realtime/stage.ts';
import type { Account, Stage, World } from '../world.ts';
import { person, readableId } from './people.ts';
import { type ChannelPlan, channels, type StagePlan, stages } from './plan.ts';
import { Random } from './random.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

export function seedDemo(account: Account): void {
  const random = new Random(20_200_714);
  for (const [region, plans] of Object.entries(stages)) {
    const world = account.world(region);
    addStorage(world);
    for (const plan of plans) seedStage(world, plan, random);
  }
  for (const [region, plans] of Object.entries(channels)) {
    for (const plan of plans) seedChannel(account.world(region), plan);
  }
}

function addStorage(world: World): void {
  const arn = world.newArn('storage-configuration', readableId('recordings', 12));
  const s3 = { bucketName: `ivs-recordings-${world.region}` };
  world.storageConfigurations.set(arn, { arn, name: 'recordings', tags: {}, s3, order: world.nextOrder() });
}

function seedStage(world: World, plan: StagePlan, random: Random): void {
  const { name, tags = {}, present = 0, publishing = 0, left = 0, pastSessions = 0, recorded = false } = plan;
  const storageConfigurationArn = recorded ? [...world.storageConfigurations.keys()][0] : undefined;
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
    everybodyLeaves(world, stage, now - back * DAY + 90 * MINUTE);
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
  const people = Array.from({ length: present + left }, (_, index) => person(index, random));
  people.forEach((joining, index) => {
    const { participantId = '' } = joining;
    world.asOf(new Date(begin + index * 10_000), () => {
      join(world, stage, { ...joining, sessionId });
      if (index < publishing) publish(world, stage, participantId);
      else if (publishing > 0) subscribe(world, stage, participantId, people[0]?.participantId ?? '');
    });
  });
  // Somebody who spoke and stopped, and those who left: the last to come
  const spoke = people[publishing]?.participantId ?? '';
  world.asOf(new Date(begin + 30 * MINUTE), () => {
    if (present > publishing && publishing < 12) {
      publish(world, stage, spoke);
      unpublish(world, stage, spoke);
    }
    for (const { participantId = '' } of people.slice(present)) leave(world, stage, participantId);
  });
}

function everybodyLeaves(world: World, stage: Stage, time: number): void {
  const session = activeSession(stage);
  world.asOf(new Date(time), () => {
    for (const participantId of session?.participants.keys() ?? []) leave(world, stage, participantId);
  });
}

function seedChannel(world: World, { pastStreams = 0, viewerCount, starving, ...plan }: ChannelPlan): void {
  const { name } = plan;
  const channel = addChannel(world, { ...plan, arn: world.newArn('channel', readableId(name, 12)) });
  const now = world.now().getTime();
  const streamId = (number: number) => `st-${readableId(name, 23, number)}`;
  for (let back = pastStreams; back > 0; back -= 1) {
    const begin = now - back * DAY;
    world.asOf(new Date(begin), () => startStream(world, channel, { streamId: streamId(back + 1) }));
    world.asOf(new Date(begin + 120 * MINUTE), () => stopStream(world, channel));
  }
  if (viewerCount === undefined) return;
  world.asOf(new Date(now - 60 * MINUTE), () =>
    startStream(world, channel, { streamId: streamId(1), viewerCount }),
  );
  if (starving) world.asOf(new Date(now - MINUTE), () => changeHealth(world, channel, 'STARVING'));
}
