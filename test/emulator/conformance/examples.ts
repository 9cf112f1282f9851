// Values that satisfy a constraint, and such of a certain size.
import type { Constraint } from '../../../src/emulator/model/constraints/shapes.ts';
import { type ResourceKind, serviceOfKind } from '../../../src/emulator/model/identifiers.ts';
import type { Shape } from '../../../src/emulator/model/model.ts';
import { arnOf, newKey } from './samples/sample.ts';

/** What holds for a member of a structure. */
export type Find = (structure: string, member: string) => Constraint | undefined;

// One for each pattern; the first that fits is taken
const texts: string[] = [
  ...Object.keys(serviceOfKind).map((kind) => arnOf(kind as ResourceKind, 'example')),
  'arn:aws:mediatailor:us-west-2:123456789012:playbackConfiguration/example',
  newKey(),
  'st-Example'.padEnd(16, '0'),
  'st-Example'.padEnd(26, '0'),
  'example',
  'CH',
];

const sizeOf = (value: unknown): number | undefined => {
  if (typeof value === 'number') return value;
  if (typeof value === 'string') return value.length;
  return typeof value === 'object' && value !== null ? Object.keys(value).length : undefined;
};

/** Of a list and a map only their size, not what is in them. */
export function satisfies({ min, max, pattern, oneOf }: Constraint, value: unknown): boolean {
  const size = sizeOf(value) ?? 0;
  if ((min !== undefined && size < min) || (max !== undefined && size > max)) return false;
  return typeof value !== 'string' || ((pattern?.test(value) ?? true) && (oneOf?.includes(value) ?? true));
}

/** The least that is valid: required members only, one item. */
export function exampleOf(shape: Shape, constraint: Constraint | undefined, find: Find): unknown {
  switch (shape.kind) {
    case 'string': {
      // An example of a plain text is no ARN
      const candidates = constraint?.pattern ? texts : [...texts].reverse();
      const found = [...(constraint?.oneOf ?? []), ...candidates].find((text) =>
        satisfies(constraint ?? {}, text),
      );
      if (found === undefined)
        throw new Error(`Expected an example for ${constraint?.pattern}, but there is none`);
      return found;
    }
    case 'number':
      return constraint?.min ?? 1;
    case 'boolean':
      return true;
    case 'list':
      return [exampleOf(shape.of, constraint?.each, find)];
    case 'map':
      return { k: exampleOf(shape.of, constraint?.each, find) };
    case 'structure':
      return Object.fromEntries(
        [...shape.members]
          .filter(([, { required }]) => required)
          .map(([name, member]) => [name, exampleOf(member.shape, find(shape.name, name), find)]),
      );
    default:
      throw new Error(`No input holds a ${shape.kind}`);
  }
}

/** An example of this size: a text grows by its last character. */
export function stretch(shape: Shape, constraint: Constraint, find: Find, size: number): unknown {
  const example = exampleOf(shape, constraint, find);
  if (typeof example === 'number') return size;
  if (typeof example === 'string') return example.slice(0, size).padEnd(size, example.at(-1));
  if (Array.isArray(example)) return Array.from({ length: size }, () => example[0]);
  const [value] = Object.values(example as object);
  return Object.fromEntries(Array.from({ length: size }, (_, number) => [`k${number}`, value]));
}
