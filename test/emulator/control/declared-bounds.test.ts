// What is declared of the members of commands is what is accepted: each at the edge of its bounds.
import { afterAll, beforeEach, expect, test } from 'vitest';
import { commands } from '../../../src/emulator/control/commands/index.ts';
import type { Control } from '../../../src/emulator/control/control.ts';
import { type Emulator, startEmulator } from '../../../src/emulator/emulator.ts';
import { kindSchemas } from '../../../src/emulator/inputs/member-rules.ts';
import type { JsonSchema } from '../../../src/emulator/inputs/rule.ts';

const emulator: Emulator = await startEmulator({ seed: 'demo' });
emulator.deliverTo(async () => ({ status: 200 }));
beforeEach(() => emulator.control.reset({ seed: 'demo' }));
afterAll(() => emulator.close());

/** A text that the pattern accepts, as long as it may be. */
function longestText({ maxLength, pattern = '' }: JsonSchema): string[] {
  const most = maxLength ?? /\{\d+,(\d+)\}\$$/.exec(pattern as string)?.[1];
  return most === undefined ? [] : ['a'.repeat(Number(most))];
}

function edgesOf(schema: JsonSchema): unknown[] {
  const { type, minimum, maximum, maxItems } = schema;
  if (schema.enum) return schema.enum as unknown[];
  if (type === 'string') return longestText(schema);
  if (type === 'integer' || type === 'number') return [minimum, maximum].filter((edge) => edge !== undefined);
  if (type === 'array') {
    const [item] = edgesOf(schema.items as JsonSchema).slice(-1);
    return item === undefined ? [] : [Array.from({ length: maxItems as number }, () => item)];
  }
  return [];
}

const edges = Object.entries(commands).flatMap(([name, { members, example }]) =>
  Object.entries(members).flatMap(([member, kind]) =>
    edgesOf(kindSchemas[(kind as string).replace('?', '')] ?? {}).map((value) => ({
      name: name as keyof Control,
      member,
      input: { ...example, [member]: value },
    })),
  ),
);
const long = { participantId: 'a'.repeat(64), attributes: { ['n'.repeat(512)]: 'v'.repeat(512) } };
const { stageArn } = commands.join.example;
edges.push({ name: 'join', member: 'attributes', input: { stageArn, ...long } as never });

/** The value is one that there may be, but not in this world, or not beside the others. */
const ELSEWHERE =
  /there is no|is not |was never on|has no|has joined|expected the (id of|account of)|not made by this|beside|at most one of|until the end of|expected none|at least 1 for/;

test.each(edges)('$name takes what is declared of $member', async ({ name, input }) => {
  const run = emulator.control[name] as (input: object) => unknown;
  const message = await Promise.resolve()
    .then(() => run({ ...input, ...(name === 'waitForCalls' && { timeoutMs: 0 }) }))
    .then(
      () => '',
      (error: Error) => error.message,
    );
  if (!/within 0 ms/.test(message)) expect(message).toMatch(message === '' ? /^$/ : ELSEWHERE);
});

test('there are edges of most commands', () => {
  expect(new Set(edges.map(({ name }) => name)).size).toBeGreaterThan(30);
  expect(edges.length).toBeGreaterThan(100);
});
