// Stages, and who is on one of them.
import { setImmediate } from 'node:timers/promises';
import { activeSession } from '../realtime/stage-session.ts';
import type { IngestConfiguration, Participant, Stage, StageSession, World } from '../world.ts';
import { limitOf, namedLike, type Wanted } from './lists.ts';

const EVENTS = 50;
/** How many participants are searched at a time. */
const SLICE = 10_000;

type Presence = 'publishing' | 'watching' | 'left';

export async function showStages(world: World, wanted: Wanted): Promise<object> {
  const stage = world.stages.get(wanted.get('arn') ?? '');
  return {
    stages: namedLike(world.stages.values(), wanted, summaryOf),
    stage: stage && (await detailOf(world, stage, wanted)),
  };
}

function summaryOf(stage: Stage) {
  const { arn, name } = stage;
  const session = activeSession(stage);
  return { arn, name, isLive: session !== undefined, ...countsOf(session) };
}

async function detailOf(world: World, stage: Stage, wanted: Wanted) {
  const session = activeSession(stage) ?? [...stage.sessions.values()].at(-1);
  const { sessionId, startTime, endTime } = session ?? {};
  const ingests = [...world.ingestConfigurations.values()].filter(({ stageArn }) => stageArn === stage.arn);
  return {
    ...summaryOf(stage),
    tags: stage.tags,
    sessions: stage.sessions.size,
    session: session && { sessionId, startTime, endTime, ...countsOf(session) },
    ...(await participantsOf(session, wanted)),
    participant: participantOf(session, wanted.get('participant') ?? ''),
    ingestConfigurations: ingests.map((one) => ingestOf(one, session)),
  };
}

const presenceOf = ({ state, publishing }: Participant): Presence => {
  if (state !== 'CONNECTED') return 'left';
  return publishing ? 'publishing' : 'watching';
};

function countsOf(session: StageSession | undefined): Record<Presence, number> {
  const [all = 0, present = 0] = [session?.participants.size, session?.connected.size];
  const publishing = session?.publishers.size ?? 0;
  return { publishing, watching: present - publishing, left: all - present };
}

/** Publishers first, and those last who have left. */
const presences: Presence[] = ['publishing', 'watching', 'left'];

async function participantsOf(session: StageSession | undefined, wanted: Wanted) {
  if (!session) return { participants: [], matching: 0 };
  const [text, show, limit] = [wanted.get('search') ?? '', wanted.get('show') ?? '', limitOf(wanted)];
  const shown = presences.filter((one) => show === '' || show === one);
  if (text !== '') return foundIn(session, shown, text, limit);
  const counts = countsOf(session);
  const first: Participant[] = [];
  for (const presence of shown) {
    const room = Math.min(limit - first.length, counts[presence]);
    first.push(...firstOf(session, presence, room));
  }
  const matching = shown.reduce((sum, presence) => sum + counts[presence], 0);
  return { participants: first.map(rowOf), matching };
}

/** It looks at no more of them than it must. */
function firstOf(session: StageSession, wanted: Presence, limit: number): Participant[] {
  const found: Participant[] = [];
  if (limit === 0) return found;
  const { publishers: publishing, connected: watching, participants } = session;
  for (const id of { publishing, watching, left: participants.keys() }[wanted]) {
    const participant = participants.get(id);
    if (!participant || presenceOf(participant) !== wanted) continue;
    found.push(participant);
    if (found.length === limit) break;
  }
  return found;
}

/** In slices: calls do not wait until a crowd has been searched. */
async function foundIn(session: StageSession, shown: Presence[], text: string, limit: number) {
  const found: Record<Presence, Participant[]> = { publishing: [], watching: [], left: [] };
  const isLike = new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
  let searched = 0;
  for (const participant of session.participants.values()) {
    searched += 1;
    if (searched % SLICE === 0) await setImmediate();
    const presence = presenceOf(participant);
    if (shown.includes(presence) && fits(participant, isLike)) found[presence].push(participant);
  }
  const all = presences.flatMap((presence) => found[presence]);
  return { participants: all.slice(0, limit).map(rowOf), matching: all.length };
}

function fits({ participantId, userId = '', attributes = {} }: Participant, isLike: RegExp): boolean {
  if (isLike.test(participantId) || isLike.test(userId)) return true;
  for (const name in attributes) if (isLike.test(attributes[name] ?? '')) return true;
  return false;
}

const rowOf = (participant: Participant) => {
  const { participantId, userId, attributes, firstJoinTime, subscriptions, recordingState } = participant;
  const { replicationType, ingestConfigurationArn } = participant;
  return {
    participantId,
    userId,
    presence: presenceOf(participant),
    attributes: Object.entries(attributes ?? {}).slice(0, 8),
    firstJoinTime,
    subscriptions: subscriptions.size,
    isSubscribedTo: participant.state === 'CONNECTED' ? [...subscriptions].slice(0, 12) : [],
    recordingState,
    replicationType,
    isIngest: Boolean(ingestConfigurationArn),
  };
};

function participantOf(session: StageSession | undefined, participantId: string) {
  const participant = session?.participants.get(participantId);
  if (!participant) return undefined;
  const { events, capabilities, expirationTime, browserName, browserVersion, osName, osVersion } =
    participant;
  const { sdkVersion, ispName, protocol } = participant;
  return {
    ...rowOf(participant),
    attributes: Object.entries(participant.attributes ?? {}).slice(0, 200),
    capabilities,
    expirationTime,
    client: { browserName, browserVersion, osName, osVersion, sdkVersion, ispName, protocol },
    events: events
      .slice(-EVENTS)
      .reverse()
      .map(({ name, eventTime, errorCode, remoteParticipantId, order }) => ({
        name,
        eventTime,
        errorCode,
        remoteParticipantId,
        order,
      })),
  };
}

const ingestOf = (
  { arn, name, userId, participantId, ingestProtocol }: IngestConfiguration,
  session: StageSession | undefined,
) => ({
  arn,
  name,
  userId,
  ingestProtocol,
  isConnected: session?.participants.get(participantId)?.state === 'CONNECTED',
});
