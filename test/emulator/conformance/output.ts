// What answers hold.
import { expect } from 'vitest';
import { model, type Operation, type Shape } from '../../../src/emulator/model/model.ts';
import { audit, isPaged, type Subject } from './audit.ts';
import type { Input } from './wire.ts';

interface Leaf {
  path: string;
  shape: Shape;
  value: unknown;
}

/** Every value of an answer with the shape it should have, and what is missing or has no shape. */
function read(
  shape: Shape,
  value: unknown,
  path = '',
): { leaves: Leaf[]; missing: string[]; strange: string[] } {
  const found = { leaves: [{ path, shape, value }], missing: [] as string[], strange: [] as string[] };
  const enter = (inner: Shape, item: unknown, where: string) => {
    const below = read(inner, item, where);
    for (const key of ['leaves', 'missing', 'strange'] as const)
      (found[key] as unknown[]).push(...below[key]);
  };
  if (typeof value !== 'object' || value === null) return found;
  if (shape.kind === 'list' || shape.kind === 'map') {
    for (const [key, item] of Object.entries(value)) enter(shape.of, item, `${path}.${key}`);
  }
  if (shape.kind !== 'structure') return found;
  for (const [name, { required, binding }] of shape.members) {
    if (required && binding === 'body' && !Object.hasOwn(value, name)) found.missing.push(`${path}.${name}`);
  }
  for (const [name, item] of Object.entries(value)) {
    const member = shape.members.get(name);
    if (!member || member.binding === 'header') found.strange.push(`${path}.${name}`);
    else enter(member.shape, item, `${path}.${name}`);
  }
  return found;
}

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/;
const isOf: Record<Shape['kind'], (value: unknown) => boolean> = {
  string: (value) => typeof value === 'string',
  number: (value) => typeof value === 'number',
  boolean: (value) => typeof value === 'boolean',
  timestamp: (value) => typeof value === 'string' && RFC_3339.test(value) && !Number.isNaN(Date.parse(value)),
  list: Array.isArray,
  map: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
  structure: (value) => typeof value === 'object' && value !== null && !Array.isArray(value),
};

/** A body as the SDK should read it: its times are dates. */
function revived(shape: Shape, value: unknown): unknown {
  if (shape.kind === 'timestamp') return new Date(String(value));
  if (shape.kind === 'list') return (value as unknown[]).map((item) => revived(shape.of, item));
  if (shape.kind !== 'structure' && shape.kind !== 'map') return value;
  const inside = (name: string) =>
    shape.kind === 'map' ? shape.of : (shape.members.get(name)?.shape as Shape);
  return Object.fromEntries(
    Object.entries(value as Input).map(([name, item]) => [name, revived(inside(name), item)]),
  );
}

/** The operation that shows in detail what a list shows in summary, when the list gives all that it needs. */
function detailOf({ input, output }: Operation): Operation | undefined {
  const list = [...output.members.values()].find(({ shape }) => shape.kind === 'list')?.shape;
  const item = list?.kind === 'list' && list.of.kind === 'structure' ? list.of : undefined;
  const getter = model.find(({ name }) => item && name === `Get${item.name.replace(/Summary$/, '')}`);
  const isGiven = (key: string) => item?.members.has(key) || input.members.has(key);
  return getter && [...getter.input.members.keys()].every(isGiven) ? getter : undefined;
}

/** Each item of a list with its detail. */
async function* detailsOf({
  operation,
  target,
  ready,
}: Subject): AsyncGenerator<[item: Input, detail: Input]> {
  const getter = detailOf(operation) as Operation;
  const input = await ready();
  const { body } = await target.call(operation, input);
  const [items = []] = Object.values(body) as Input[][];
  for (const item of items) {
    const key = [...getter.input.members.keys()].map((name) => [name, item[name] ?? input[name]]);
    yield [item, (await target.call(getter, Object.fromEntries(key))).body];
  }
}

const isWrong = ({ shape, value }: Leaf) => !isOf[shape.kind](value);
const withBody = ({ status }: Operation) => status !== 204;
const success = { needs: 'success', applies: withBody } as const;

const ofItems = {
  applies: (operation: Operation) => isPaged(operation) && detailOf(operation) !== undefined,
};

export const output = [
  audit(
    'O1',
    'MUST hold every required member',
    async ({ operation, target, ready }) => {
      const { body } = await target.call(operation, await ready());
      expect(read(operation.output, body).missing).toEqual([]);
    },
    success,
  ),

  audit(
    'O2',
    'MUST hold no member outside its shape: a summary is a summary',
    async ({ operation, target, ready }) => {
      const { body } = await target.call(operation, await ready());
      expect(read(operation.output, body).strange).toEqual([]);
    },
    success,
  ),

  audit(
    'O3',
    'MUST hold values of the JSON type of their shape, times as RFC 3339',
    async ({ operation, target, ready }) => {
      const { body } = await target.call(operation, await ready());
      const wrong = read(operation.output, body).leaves.filter(
        ({ shape, value }) => !isOf[shape.kind](value),
      );
      expect(wrong).toEqual([]);
    },
    success,
  ),

  audit(
    'O4',
    'MUST be read whole by the SDK',
    async ({ operation, target, ready }) => {
      const { answer, output: parsed = {} } = await target.send(operation, await ready());
      const { $metadata, ...members } = parsed;
      expect($metadata).toMatchObject({
        httpStatusCode: operation.status,
        requestId: answer.headers['x-amzn-requestid'],
      });
      expect(members).toEqual(revived(operation.output, answer.body));
    },
    { needs: 'success' },
  ),

  audit(
    'O5',
    'MUST show in a list what it shows in detail',
    async (subject) => {
      for await (const [item, detail] of detailsOf(subject)) {
        const [shown = {}] = Object.values(detail) as Input[];
        const { hasErrorEvent, ...members } = item; // the one member that a summary alone has
        expect(shown).toMatchObject(members);
      }
    },
    ofItems,
  ),

  audit(
    'O6',
    'MUST list what is in order in detail too',
    async (subject) => {
      const { output } = detailOf(subject.operation) as Operation;
      for await (const [, detail] of detailsOf(subject)) {
        const { missing, strange, leaves } = read(output, detail);
        expect([...missing, ...strange, ...leaves.filter(isWrong)]).toEqual([]);
      }
    },
    ofItems,
  ),
];
