// The cache by itself.
import { GetStageCommand, ListStagesCommand, UpdateStageCommand } from '@aws-sdk/client-ivs-realtime';
import { cache } from '../../src/upstream/cache/cache.ts';
import type { SharedCache } from '../../src/upstream/cache/shared-cache.ts';
import type { Call } from '../../src/upstream/call.ts';
import { Ledger } from '../../src/upstream/ledger.ts';
import { type AwsCommand, operationOf } from '../../src/upstream/operation.ts';
import { LeapingClock } from './clock.ts';

export const ARN = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const callOf = (command: AwsCommand, { fresh = false, startedAt = 0 }): Call => ({
  operation: operationOf(command),
  target: { account: undefined, region: 'us-west-2' },
  command,
  key: `${operationOf(command).name} ${JSON.stringify(command.input)}`,
  signal: new AbortController().signal,
  caller: {},
  startedAt,
  deadline: () => Number.POSITIVE_INFINITY,
  attempt: 1,
  fresh,
  secrets: false,
  isOptional: () => false,
  ledger: new Ledger(new LeapingClock()),
});

/** The cache above an AWS whose answers come when the test gives them, in the order of the calls. */
export function openCache(elsewhere?: SharedCache, clock = new LeapingClock()) {
  const answers: ((answer: unknown) => void)[] = [];
  const { hit, layer } = cache({ clock, elsewhere });
  const sendMiss = layer(() => new Promise((resolve) => answers.push(resolve)));
  const send = async (command: AwsCommand, { fresh = false, startedAt = clock.now() } = {}) => {
    const call = callOf(command, { fresh, startedAt });
    return hit(call)?.answer ?? sendMiss(call);
  };
  const get = (fresh = false) => send(new GetStageCommand({ arn: ARN }), { fresh });
  const list = () => send(new ListStagesCommand({}));
  const update = () => send(new UpdateStageCommand({ arn: ARN, name: 'new' }));
  const answer = (index: number, name: string) => answers[index]?.({ stage: { arn: ARN, name } });
  const pass = (milliseconds: number) => new Promise<void>((resolve) => clock.after(milliseconds, resolve));
  return { send, get, list, update, answer, answers, pass, clock, calls: () => answers.length };
}
