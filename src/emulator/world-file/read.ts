// Reads a world file, in YAML or JSON, and says where in it something is wrong.
import { readFileSync } from 'node:fs';
import type { Document, LineCounter, Pair, YAMLMap, Node as YamlNode } from 'yaml';
import { Refused } from '../errors.ts';
import { check } from './check.ts';
import { worldNode } from './format.ts';
import { formatPath, type Problem } from './node.ts';
import type { WorldItem } from './types.ts';

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
  return { item: (value ?? {}) as WorldItem, refuse };
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
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const document = yaml.parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const [error] = document.errors;
  if (error) throw new Refused(`${file}:${at(lines, error.pos[0])}: ${error.message}`);
  return checked(document.toJS(), (problems) => {
    const placed = problems.map((problem) => ({ problem, offset: offsetOf(document, problem) }));
    const sorted = placed.sort((a, b) => a.offset - b.offset);
    return new Refused(
      sorted.map(({ problem, offset }) => `${file}:${at(lines, offset)}: ${lineOf(problem)}`).join('\n'),
    );
  });
}

const lineOf = ({ path, message }: Problem): string =>
  path.length === 0 ? message : `${formatPath(path)}: ${message}`;

function at(lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${line}:${col}`;
}

/** Of the value, of the name, or of the nearest value around it. */
function offsetOf(document: Document.Parsed, { path, isName = false }: Problem): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true) as YamlNode | undefined;
    const name = length === path.length && isName ? nameAt(document, path) : undefined;
    const start = (name ?? node)?.range?.[0];
    if (start !== undefined) return start;
  }
  return 0;
}

function nameAt(document: Document.Parsed, path: Problem['path']): YamlNode | undefined {
  const map = document.getIn(path.slice(0, -1), true) as YAMLMap | undefined;
  const pairs = (path.length === 1 ? (document.contents as unknown as YAMLMap) : map)?.items as
    | Pair[]
    | undefined;
  const pair = pairs?.find(({ key }) => String((key as { value?: unknown }).value) === String(path.at(-1)));
  return pair?.key as YamlNode | undefined;
}
