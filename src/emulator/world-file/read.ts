// Reads a world file, in YAML or JSON, and says where in it something is wrong.
import { readFileSync } from 'node:fs';
import { Refused } from '../errors.ts';
import { check } from './check.ts';
import { worldNode } from './format.ts';
import { requireJson } from './json.ts';
import { formatPath, type Problem } from './node.ts';
import type { WorldItem } from './types.ts';
import { readYaml } from './yaml.ts';

/** A world that was checked. */
export interface WorldSource {
  item: WorldItem;
  /** With all problems, each in a line of its own. */
  refuse: (problems: readonly Problem[]) => Refused;
}

/** Of a file or, in process, of an object. */
export async function readWorld(world: string | object): Promise<WorldSource> {
  return typeof world === 'string' ? readText(world, contentOf(world)) : readValue('world', world);
}

export const readValue = (owner: string, value: unknown): WorldSource =>
  checked(
    value,
    (problems) => new Refused(problems.map((problem) => `${owner}: ${lineOf(problem)}`).join('\n')),
  );

function checked(value: unknown, refuse: WorldSource['refuse']): WorldSource {
  const problems = [...check(worldNode, value ?? {}, [])];
  if (problems.length > 0) throw refuse(problems);
  return { item: withoutNulls(value ?? {}) as WorldItem, refuse };
}

/** A member without a value is absent: in YAML, one whose lines are all comments. As deep as the format. */
function withoutNulls(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutNulls);
  if (typeof value !== 'object' || value === null) return value;
  const members = Object.entries(value).filter(([, member]) => member !== null);
  return Object.fromEntries(members.map(([name, member]) => [name, withoutNulls(member)]));
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new Refused(
      `${file}: expected a file that can be read, got ${(error as NodeJS.ErrnoException).code}`,
    );
  }
}

async function readText(file: string, text: string): Promise<WorldSource> {
  if (/\.json$/i.test(file)) requireJson(file, text.replace(/^\uFEFF/, ''));
  const { value, offsetOf, at } = await readYaml(file, text);
  return checked(value, (problems) => {
    const placed = problems.map((problem) => ({ problem, offset: offsetOf(problem) }));
    const sorted = placed.sort((a, b) => a.offset - b.offset);
    return new Refused(sorted.map(({ problem, offset }) => `${at(offset)}: ${lineOf(problem)}`).join('\n'));
  });
}

const lineOf = ({ path, message }: Problem): string =>
  path.length === 0 ? message : `${formatPath(path)}: ${message}`;
