// The table of audits itself.
import * as ivs from '@aws-sdk/client-ivs';
import * as ivsRealtime from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { model } from '../../../src/emulator/model/model.ts';
import { audits } from './conformance.ts';
import { samples } from './samples/samples.ts';

test('each audit has an id of its own', () => {
  const ids = audits.map(({ id }) => id);
  expect(ids).toEqual([...new Set(ids)]);
  for (const id of ids) expect(id).toMatch(/^[A-Z]\d+$/);
});

test('each audit says what MUST be', () => {
  for (const { rule } of audits) expect(rule).toMatch(/^MUST( NOT)? \w/);
});

test.each([
  ['ivs', ivs],
  ['ivs-realtime', ivsRealtime],
] as const)('the audits are about every operation of %s, and about no other', (service, sdk) => {
  const commands = Object.keys(sdk).flatMap((name) => /^(\w+)Command$/.exec(name)?.[1] ?? []);
  const modeled = model.filter((operation) => operation.service === service).map(({ name }) => name);
  expect(modeled.sort()).toEqual(commands.sort());
  expect(Object.keys(samples[service]).sort()).toEqual(commands);
});

test('each audit is about some operation', () => {
  const idle = audits.filter(({ applies }) => !model.some(applies));
  expect(idle).toEqual([]);
});
