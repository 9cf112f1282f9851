// What cannot be brought about through the front door: each order of reads and writes.
import { GetStageCommand, ListStagesCommand, UpdateStageCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, it } from 'vitest';
import { cache } from '../../src/upstream/cache.ts';
import type { Call } from '../../src/upstream/call.ts';
import { Ledger } from '../../src/upstream/ledger.ts';
import { type AwsCommand, operationOf } from '../../src/upstream/operation.ts';
import { LeapingClock } from '../support/clock.ts';

const ARN = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const call = (command: AwsCommand, fresh = false): Call => ({
  operation: operationOf(command),
  region: 'us-west-2',
  command,
  key: `${operationOf(command).name} ${JSON.stringify(command.input)}`,
  signal: new AbortController().signal,
  caller: {},
  deadline: Number.POSITIVE_INFINITY,
  attempt: 1,
  fresh,
  secrets: false,
  listed: undefined,
  ledger: new Ledger(new LeapingClock()),
});

/** The cache above an AWS whose answers come when the test gives them, in the order of the calls. */
function open() {
  const answers: ((answer: unknown) => void)[] = [];
  const layer = cache({ clock: new LeapingClock() });
  const send = layer(() => new Promise((resolve) => answers.push(resolve)));
  const get = (fresh = false) => send(call(new GetStageCommand({ arn: ARN }), fresh));
  const list = () => send(call(new ListStagesCommand({})));
  const update = () => send(call(new UpdateStageCommand({ arn: ARN, name: 'new' })));
  const answer = (index: number, name: string) => answers[index]?.({ stage: { arn: ARN, name } });
  return { get, list, update, answer, calls: () => answers.length };
}

it.each(['get', 'list'] as const)(
  'does not keep a %s that began before a write and ended after it',
  async (read) => {
    const aws = open();
    const early = aws[read]();
    const write = aws.update();
    aws.answer(1, 'new');
    await write;
    aws.answer(0, 'old');
    await early;
    void aws[read]();
    expect(aws.calls()).toBe(3);
  },
);

it('does not keep a read that began and ended during a write', async () => {
  const aws = open();
  const write = aws.update();
  const early = aws.get();
  aws.answer(1, 'old');
  await early;
  aws.answer(0, 'new');
  await write;
  void aws.get();
  expect(aws.calls()).toBe(3);
});

it('keeps what a later read told when an earlier one ends after it', async () => {
  const aws = open();
  const early = aws.get();
  const late = aws.get(true);
  aws.answer(1, 'new');
  await late;
  aws.answer(0, 'old');
  await early;
  expect(await aws.get()).toEqual({ stage: { arn: ARN, name: 'new' } });
});

it('hands out what nobody can change for the others', async () => {
  const aws = open();
  const first = aws.get();
  aws.answer(0, 'one');
  await first;
  const { stage } = (await aws.get()) as { stage: { name: string } };
  expect(() => Object.assign(stage, { name: 'two' })).toThrow(TypeError);
});
