// What cannot be brought about through the front door: each order of reads and writes.
import { expect, it } from 'vitest';
import { ARN, openCache as open } from '../../support/cache.ts';

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
