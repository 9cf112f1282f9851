// Stages, and who is on one of them.
import { setImmediate } from 'node:timers/promises';
import { eventsOf } from '../realtime/participant-event.ts';
import { activeSession, connectedTo } from '../realtime/stage-session.ts';
import { isPublishing, subscriptionsOf } from '../realtime/subscription.ts';
import type { IngestConfiguration, Participant, Stage, StageSession, World } from '../world/world.ts';
import { firstOf, limitOf, namedLike, type Wanted } from './lists.ts';

const EVENTS = 50;
/** How many participants are searched at a time. */
const SLICE = 5000;

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
  const session = activeSession(stage) ?? stage.sessions.newest();
  const { sessionId, startTime, endTime } = session ?? {};
  // Before the search, which others come between
  const participant = participantOf(session, wanted.get('participant') ?? '');
  const ingests = [...world.ingestConfigurations.values()].filter(({ stageArn }) => stageArn === stage.arn);
  return {
    ...summaryOf(stage),
    tags: stage.tags,
    sessions: stage.sessions.size,
    session: session && { sessionId, startTime, endTime, ...countsOf(session) },
    ...(await participantsOf(session, wanted)),
    participant,
    ingestConfigurations: ingests.map((one) => ingestOf(one, session)),
  };
}

const presenceOf = (participant: Participant): Presence => {
  if (participant.state !== 'CONNECTED') return 'left';
  return isPublishing(participant) ? 'publishing' : 'watching';
};

function countsOf(session: StageSession | undefined): Record<Presence, number> {
  const [all, present] = session ? [session.participants.size, connectedTo(session)] : [0, 0];
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
    first.push(...firstOf(withPresence(session, presence), room));
  }
  const matching = shown.reduce((sum, presence) => sum + counts[presence], 0);
  return { participants: first.map((one) => rowOf(session, one)), matching };
}

/** No more of them are read than are taken. */
function* withPresence({ publishers, participants }: StageSession, wanted: Presence): Generator<Participant> {
  if (wanted === 'left') yield* participants.with('state', 'DISCONNECTED').after();
  else if (wanted === 'publishing') yield* [...publishers].flatMap((id) => participants.get(id) ?? []);
  else for (const one of participants.with('state', 'CONNECTED').after()) if (!isPublishing(one)) yield one;
}

/** In slices: calls do not wait until a crowd has been searched. A snapshot can come between, so it only reads. */
async function foundIn(session: StageSession, shown: Presence[], text: string, limit: number) {
  const found: Record<Presence, object[]> = { publishing: [], watching: [], left: [] };
  const isLike = new RegExp(text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&'), 'iu');
  let [searched, matching] = [0, 0];
  for (const participant of session.participants.values()) {
    searched += 1;
    if (searched % SLICE === 0) await setImmediate();
    const presence = presenceOf(participant);
    if (!shown.includes(presence) || !fits(participant, isLike)) continue;
    matching += 1;
    if (found[presence].length < limit) found[presence].push(rowOf(session, participant));
  }
  return { participants: presences.flatMap((presence) => found[presence]).slice(0, limit), matching };
}

function fits({ participantId, userId = '', attributes = {} }: Participant, isLike: RegExp): boolean {
  if (isLike.test(participantId) || isLike.test(userId)) return true;
  for (const name in attributes) if (isLike.test(attributes[name] ?? '')) return true;
  return false;
}

const rowOf = (session: StageSession, participant: Participant) => {
  const { participantId, userId, attributes, firstJoinTime, recordingState } = participant;
  const subscriptions = subscriptionsOf(session, participant);
  const { replicationType, ingestConfigurationArn } = participant;
  return {
    participantId,
    userId,
    presence: presenceOf(participant),
    attributes: Object.entries(attributes ?? {}).slice(0, 8),
    firstJoinTime,
    subscriptions: subscriptions.length,
    isSubscribedTo: participant.state === 'CONNECTED' ? subscriptions.slice(0, 12) : [],
    recordingState,
    replicationType,
    isIngest: Boolean(ingestConfigurationArn),
  };
};

function participantOf(session: StageSession | undefined, participantId: string) {
  const participant = session?.participants.get(participantId);
  if (!session || !participant) return undefined;
  const { capabilities, expirationTime, browserName, browserVersion, osName, osVersion } = participant;
  const { sdkVersion, ispName, protocol } = participant;
  return {
    ...rowOf(session, participant),
    attributes: Object.entries(participant.attributes ?? {}).slice(0, 200),
    capabilities,
    expirationTime,
    client: { browserName, browserVersion, osName, osVersion, sdkVersion, ispName, protocol },
    events: eventsOf(session, participant)
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
