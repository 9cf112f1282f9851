// The JSON Schema of world files, as an editor uses it, beside the emulator's own checks.
import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { startEmulator } from '../../../src/emulator/emulator.ts';

const schema = JSON.parse(readFileSync('schemas/world.schema.json', 'utf8'));
const example = () => parse(readFileSync('examples/worlds/show.yaml', 'utf8'));
const validate = new Ajv2020({ strict: true, validateFormats: false }).compile(schema);

/** Whether the emulator starts with it. */
async function starts(world: object): Promise<boolean> {
  try {
    await (await startEmulator({ world })).close();
    return true;
  } catch {
    return false;
  }
}

test('the example is valid', async () => {
  expect(validate(example()), JSON.stringify(validate.errors)).toBe(true);
  expect(await starts(example())).toBe(true);
});

const stage = (more: object) => ({ stages: [{ name: 'show', ...more }] });
const session = (more: object) => stage({ sessions: [more] });

test.each([
  ['an unknown member', { stage: [] }],
  ['an unknown member of a stage', stage({ nam: 'x' })],
  ['a member of another type', stage({ name: 7 })],
  ['a name with a wrong character', stage({ name: 'a b!' })],
  ['a list that is an object', { stages: {} }],
  ['a missing member', { stages: [{ sessions: [{ participants: [{ events: 1 }] }] }] }],
  ['a time that is none', session({ startedAt: 'yesterday' })],
  ['an unknown value', { channels: [{ name: 'a', type: 'HUGE' }] }],
  ['tags that are a list', stage({ tags: ['a'] })],
])('%s is refused by both', async (_, world) => {
  expect(await starts(world)).toBe(false);
  expect(validate(world)).toBe(false);
});
