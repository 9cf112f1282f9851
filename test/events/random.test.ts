// Random histories of a world and its events, with copies, late, lost and shuffled ones: what a query returns is never older
// than the last event that was accepted before it was sent.
import { describe, expect, it } from 'vitest';
import { hold } from '../support/clock.ts';
import {
  type Delivered,
  EVENTS,
  type Event,
  eventOf,
  listenForEvents,
  stageUpdate,
} from '../support/events.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { dice } from '../support/random-query.ts';
import { isInstalled, startReplicas } from '../support/redis.ts';
import { createSession } from '../support/world.ts';

const [STAGES, PARTICIPANTS, CHANNELS, STEPS] = [1, 2, 1, 150];
/** A tag is forgotten once a second; then at the end of the second, and the timers have to run. */
const [PACE_MS, SLACK_MS] = [1000, 50];
const OPERATIONS = [
  'GetParticipant',
  'ListParticipants',
  'ListParticipantEvents',
  'GetStream',
  'ListStreams',
];
const rates = Object.fromEntries(OPERATIONS.map((name) => [name, 10_000]));

/** What one call of AWS returns. */
class Resource {
  readonly query: string;
  /** What was true, one after the other. */
  readonly states: string[] = [];
  /** States that must be known from a time on. */
  #floors: { from: number; state: number }[] = [];
  #lastEventAt = Number.NEGATIVE_INFINITY;

  constructor(query: string) {
    this.query = query;
  }

  accept(now: number): void {
    const isFree = now - this.#lastEventAt >= 2 * PACE_MS;
    this.#lastEventAt = now;
    this.#floors.push({ from: isFree ? now : now + PACE_MS + SLACK_MS, state: this.states.length - 1 });
  }

  floorAt(now: number): number {
    return Math.max(0, ...this.#floors.filter(({ from }) => from <= now).map(({ state }) => state));
  }
}

interface History {
  lead: TestGateway;
  truth: TestGateway;
  replicas: TestGateway[];
}

/** Returns how many queries AWS was not called for, and how many of all were older than the truth. */
async function live(seed: number, { lead, truth, replicas }: History) {
  const roll = dice(seed);
  const below = (count: number) => Math.floor(roll() * count);
  const any = <T>(some: readonly T[]): T => some[below(some.length)] as T;
  const { control } = lead.emulator;
  const listeners = await Promise.all(replicas.map((replica) => listenForEvents(replica)));

  const resources: Resource[] = [];
  const resource = (query: string) => {
    resources.push(new Resource(query));
    return resources.at(-1) as Resource;
  };
  /** Each makes a change, and returns its event and what it is about. */
  const changes: (() => [Event, Resource[]])[] = [];
  let count = 0;
  for (let index = 0; index < STAGES; index += 1) {
    const { stageArn, sessionId, participantIds } = await createSession(lead, PARTICIPANTS);
    const session = `stageArn: "${stageArn}", sessionId: "${sessionId}"`;
    const list = resource(`{ participants(${session}) { nodes { userId published } } }`);
    for (const participantId of participantIds) {
      const key = `${session}, participantId: "${participantId}"`;
      const detail = resource(`{ participant(${key}) { published browserName attributes { value } } }`);
      const events = resource(`{ participant(${key}) { events { nodes { name } } } }`);
      const about = [list, detail, events];
      changes.push(() => {
        const attributes = { version: String(++count) };
        control.exchangeToken({ stageArn, participantId, userId: `user-${count}`, attributes });
        return [stageUpdate(stageArn, participantId, 'Token Exchanged'), about];
      });
      changes.push(() => {
        if (roll() < 0.5) control.publish({ stageArn, participantId });
        else control.fail({ stageArn, participantId, errorCode: 'BITRATE_EXCEEDED' });
        return [stageUpdate(stageArn, participantId), about];
      });
    }
  }
  const streams = resource('{ streams { nodes { channelArn health } } }');
  for (let index = 0; index < CHANNELS; index += 1) {
    const { createChannel } = await lead.data(
      'mutation { createChannel(input: {}) { ... on CreateChannelPayload { channel { arn } } } }',
    );
    const channelArn: string = createChannel.channel.arn;
    const stream = resource(`{ stream(channelArn: "${channelArn}") { health state startTime } }`);
    let isLive = false;
    changes.push(() => {
      if (isLive) control.stopStream({ channelArn });
      else control.startStream({ channelArn });
      isLive = !isLive;
      return [eventOf('IVS Stream State Change', { resources: [channelArn] }), [streams, stream]];
    });
    changes.push(() => {
      if (isLive)
        any([() => control.starveStream({ channelArn }), () => control.recoverStream({ channelArn })])();
      return [eventOf('IVS Stream Health Change', { resources: [channelArn] }), [streams, stream]];
    });
  }
  const observe = async (some: readonly Resource[]) => {
    for (const one of some) {
      const state = JSON.stringify(await truth.data(one.query));
      if (state !== one.states.at(-1)) one.states.push(state);
    }
  };
  await observe(resources);

  const pass = hold(lead.clock);
  const accepted = new Set<string>();
  let pending: [Event, Resource[]][] = [];
  let [served, stale] = [0, 0];
  const deliver = async () => {
    const chosen = any(pending);
    if (!chosen) return;
    const [event, about] = chosen;
    const { status, body }: Delivered = await any(listeners).send(event);
    expect([status, body.outcome]).toEqual([200, accepted.has(event.id) ? 'duplicate' : 'accepted']);
    if (!accepted.has(event.id)) for (const one of about) one.accept(lead.clock.now());
    accepted.add(event.id);
    // EventBridge may send it again, now or much later.
    if (roll() < 0.7) pending = pending.filter((other) => other !== chosen);
  };
  const ask = async () => {
    const one = any(resources);
    const floor = one.floorAt(lead.clock.now());
    lead.emulator.calls.reset();
    const answer = JSON.stringify(await any(replicas).data(one.query));
    if (Object.keys(lead.emulator.calls.counts()).length === 0) served += 1;
    if (answer !== one.states.at(-1)) stale += 1;
    expect(one.states.slice(floor), `${one.query} of ${one.states.length} at ${floor}`).toContain(answer);
  };
  for (let step = 0; step < STEPS; step += 1) {
    const choice = roll();
    if (choice < 0.2) {
      const change = any(changes)();
      await observe(change[1]);
      // The rest is lost.
      if (roll() < 0.8) pending.push(change);
    } else if (choice < 0.42) await deliver();
    else if (choice < 0.9) await ask();
    else await pass(below(400));
  }
  lead.clock.isBusy = () => false;
  return { served, stale };
}

const check = async (histories: number, open: () => Promise<History>) => {
  let [served, stale] = [0, 0];
  for (let seed = 1; seed <= histories; seed += 1) {
    const found = await live(seed, await open()).catch((error: Error) => {
      throw Object.assign(error, { message: `History ${seed}: ${error.message}` });
    });
    served += found.served;
    stale += found.stale;
  }
  // The caches were used, and changes without an event showed late.
  expect(served).toBeGreaterThan(histories * 2);
  expect(stale).toBeGreaterThan(histories / 2);
};
const options = { cached: true, rates, server: { events: EVENTS } };

describe('no response is older than the last accepted event', { timeout: 300_000 }, () => {
  it('of one gateway', () =>
    check(25, async () => {
      const lead = await startGateway();
      const truth = await startGateway({ beside: lead, rates });
      return { lead, truth, replicas: [await startGateway({ beside: lead, ...options })] };
    }));

  it.skipIf(!isInstalled)('of replicas', () =>
    check(8, async () => {
      const { lead, replicas } = await startReplicas(2, { callRates: false, ...options });
      const truth = await startGateway({ beside: lead, rates });
      return { lead, truth, replicas };
    }),
  );
});
