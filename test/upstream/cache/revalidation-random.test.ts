// Random histories of reads, lists, changes, writes and time against a model of what a detail may be as old as.
import {
  DisconnectParticipantCommand,
  GetParticipantCommand,
  ListParticipantsCommand,
} from '@aws-sdk/client-ivs-realtime';
import { expect, it } from 'vitest';
import { lifetimeOf } from '../../../src/upstream/cache/lifetimes.ts';
import { type AwsCommand, type OperationName, operationNamed } from '../../../src/upstream/operation.ts';
import { openCache } from '../../support/cache.ts';
import { dice } from '../../support/random-query.ts';

const SESSION = { stageArn: 'arn:aws:ivs:us-west-2:123456789012:stage/a', sessionId: 's' };
const [PARTICIPANTS, STATES, STEPS, HISTORIES] = [2, 3, 150, 100];
const maxAgeOf = (name: OperationName) => lifetimeOf(operationNamed(name), {})?.maxAge ?? 0;
const [maxAge, listMaxAge] = [maxAgeOf('GetParticipant'), maxAgeOf('ListParticipants')];

/** One history. Returns how many details were older than their own lifetime. */
async function live(seed: number): Promise<number> {
  const roll = dice(seed);
  const below = (count: number) => Math.floor(roll() * count);
  const cache = openCache();
  let [time, moment, longLived] = [0, 0, 0];
  cache.clock.now = () => time;
  const states = Array<number>(PARTICIPANTS).fill(0);
  /** What reached this process: when, begun at which moment, what it says. */
  const listed: { sentAt: number; arrivedAt: number; participant: number; state: number }[] = [];
  const arrivals = new Map<unknown, number>();
  const lastWrite = Array<number>(PARTICIPANTS).fill(-1);
  const requests = [0];

  /** On its way: AWS acts once, at any moment, and its response arrives at any later one. */
  interface Underway {
    act: () => unknown;
    arrive: (answer: unknown) => void;
    response?: { answer: unknown };
  }
  const underway: Underway[] = [];
  const send = async (
    command: AwsCommand,
    startedAt: number,
    act: () => unknown,
    onArrival: (answer: never) => void = () => {},
  ) => {
    const before = cache.calls();
    const answer = cache.send(command, { startedAt, fresh: roll() < 0.1 });
    if (cache.calls() > before) {
      const resolve = cache.answers.at(-1) as (answer: unknown) => void;
      const arrive = (value: unknown) => {
        onArrival(value as never);
        resolve(value);
      };
      underway.push({ act, arrive });
    }
    return answer;
  };

  const list = (startedAt: number) => {
    const sentAt = moment;
    const page = { ...SESSION, maxResults: 1 + below(3) };
    const act = () => ({ participants: states.map((state, id) => ({ participantId: `${id}`, state })) });
    return send(new ListParticipantsCommand(page), startedAt, act, (answer: ReturnType<typeof act>) => {
      for (const [participant, { state }] of answer.participants.entries())
        listed.push({ sentAt, arrivedAt: time, participant, state });
    });
  };

  const get = async (startedAt: number) => {
    const participant = below(PARTICIPANTS);
    const input = { ...SESSION, participantId: `${participant}` };
    const act = () => ({ participant: { state: states[participant], seenAt: moment } });
    const askedAt = time;
    const written = lastWrite[participant] as number;
    const answer = (await send(new GetParticipantCommand(input), startedAt, act, (value: object) =>
      arrivals.set(value, time),
    )) as ReturnType<typeof act>;
    const { state, seenAt } = answer.participant;
    expect(seenAt).toBeGreaterThan(written);
    const arrivedAt = arrivals.get(answer) as number;
    if (askedAt - arrivedAt < maxAge) return;
    longLived += 1;
    const current = listed.filter(
      (item) => item.participant === participant && item.arrivedAt + listMaxAge > startedAt,
    );
    const newest = current.reduce((one, other) => (other.sentAt > one.sentAt ? other : one), NOTHING);
    expect(newest.state).toBe(state);
  };

  const write = async (startedAt: number) => {
    const participant = below(PARTICIPANTS);
    const input = { stageArn: SESSION.stageArn, participantId: `${participant}` };
    await send(new DisconnectParticipantCommand(input), startedAt, () => {
      states[participant] = below(STATES);
      return {};
    });
    lastWrite[participant] = moment;
  };

  const advance = () => {
    const call = underway[below(underway.length)];
    if (!call) return;
    call.response ??= { answer: call.act() };
    if (roll() < 0.3) return;
    underway.splice(underway.indexOf(call), 1);
    call.arrive(call.response.answer);
  };

  const [checks, failures]: [Promise<unknown>[], unknown[]] = [[], []];
  for (let step = 0; step < STEPS; step += 1) {
    moment += 1;
    const startedAt = requests[below(requests.length)] as number;
    const choice = roll();
    if (choice < 0.25) checks.push(get(startedAt).catch((error) => failures.push(error)));
    else if (choice < 0.4) void list(startedAt);
    else if (choice < 0.75) advance();
    else if (choice < 0.8) states[below(PARTICIPANTS)] = below(STATES);
    else if (choice < 0.82) void write(startedAt);
    else if (choice < 0.9) requests.splice(0, requests.length > 2 ? 1 : 0, time);
    else time += below(1_500);
    await new Promise(setImmediate);
  }
  for (const { act, arrive } of underway) arrive(act());
  await Promise.all(checks);
  if (failures.length > 0) throw failures[0];
  return longLived;
}
const NOTHING = { sentAt: -1, arrivedAt: 0, participant: 0, state: -1 };

it('a detail outlives itself only by a list that says what it said when it was read', {
  timeout: 60_000,
}, async () => {
  let longLived = 0;
  for (let seed = 1; seed <= HISTORIES; seed += 1) {
    longLived += await live(seed).catch((error: Error) => {
      throw new Error(`History ${seed}: ${error.message}`);
    });
  }
  expect(longLived).toBeGreaterThan(HISTORIES / 4);
});
