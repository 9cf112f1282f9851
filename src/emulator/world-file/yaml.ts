// YAML, of which JSON is a part, and where in its text a value stands.
import type { Alias, Document, LineCounter, Pair, Scalar, Node as YamlNode } from 'yaml';
import { Refused } from '../errors.ts';
import type { Problem } from './node.ts';

type Yaml = typeof import('yaml');

export interface Text {
  value: unknown;
  /** `file:line:column` of a problem's value, of its name, or of the nearest value around it. */
  offsetOf: (problem: Problem) => number;
  at: (offset: number) => string;
}

/** A world has at most 15 levels. The library ends the process at some thousands. */
const DEEPEST = 64;

export async function readYaml(file: string, text: string): Promise<Text> {
  const yaml = await import('yaml');
  const lines = new yaml.LineCounter();
  const at = (offset: number) => placeOf(file, lines, offset);
  const document = parse(yaml, text, lines, at);
  const [error] = document.errors;
  if (error) throw new Refused(`${at(error.pos[0])}: ${firstLine(error.message)}`);
  checkReferences(yaml, document, at);
  const value = contentOf(yaml, document, at);
  return { value, at, offsetOf: (problem) => offsetOf(yaml, document, problem) };
}

/** As `parseDocument` of the library does, but with a bound. */
function parse(yaml: Yaml, text: string, lines: LineCounter, at: Text['at']): Document.Parsed {
  const parser = new yaml.Parser(lines.addNewLine);
  function* tokens() {
    for (const lexeme of new yaml.Lexer().lex(text)) {
      yield* parser.next(lexeme);
      if (parser.stack.length > DEEPEST)
        throw new Refused(`${at(parser.offset)}: expected at most ${DEEPEST} levels, got more`);
    }
    yield* parser.end();
  }
  // Names are texts, also where they look like numbers: the ids of accounts
  const composer = new yaml.Composer({ merge: true, stringKeys: true, prettyErrors: false });
  lines.addNewLine(0);
  const [document, another] = composer.compose(tokens(), true, text.length);
  if (another) throw new Refused(`${at(another.range?.[0] ?? 0)}: expected one document, got another one`);
  // One is forced, of an empty text as well
  return document as Document.Parsed;
}

/** The library says where in its own code, but not where in the text. */
function checkReferences(yaml: Yaml, document: Document.Parsed, at: Text['at']): void {
  const refuse = (node: YamlNode, message: string) => {
    throw new Refused(`${at(node.range?.[0] ?? 0)}: ${message}`);
  };
  yaml.visit(document, {
    Alias(_, alias, ancestors) {
      const target = alias.resolve(document);
      if (!target) refuse(alias, `expected an alias of an anchor before it, got *${alias.source}`);
      if (ancestors.includes(target as YamlNode))
        refuse(alias, `expected an alias of a value that does not contain it, got *${alias.source}`);
    },
    Pair(_, { key, value }) {
      if (!isMergeKey(yaml, key) || mergedInto(yaml, document, value as YamlNode).every(yaml.isMap)) return;
      refuse(value as YamlNode, 'expected an alias of an object, or a list of such aliases, beside <<');
    },
  });
}

function contentOf(yaml: Yaml, document: Document.Parsed, at: Text['at']): unknown {
  try {
    return document.toJS();
  } catch (error) {
    const aliases: Alias[] = [];
    yaml.visit(document, { Alias: (_, alias) => void aliases.push(alias) });
    // Aliases of aliases of aliases: all others are checked before
    const isBomb = error instanceof ReferenceError;
    const message = isBomb ? 'expected aliases of fewer values, got too many' : firstLine(String(error));
    throw new Refused(`${at(aliases.at(-1)?.range?.[0] ?? 0)}: ${message}`);
  }
}

const firstLine = (text: string): string => text.split('\n')[0] ?? '';

function placeOf(file: string, lines: LineCounter, offset: number): string {
  const { line, col } = lines.linePos(offset);
  return `${file}:${line}:${col}`;
}

/** Through aliases and merged objects. */
function offsetOf(yaml: Yaml, document: Document.Parsed, { path, isName = false }: Problem): number {
  let node = resolved(yaml, document, document.contents);
  let offset = 0;
  for (const [index, part] of path.entries()) {
    const pair = yaml.isMap(node) ? pairOf(yaml, document, node, String(part)) : undefined;
    const next = (yaml.isSeq(node) ? node.items[Number(part)] : pair?.value) as YamlNode | undefined;
    const shown = isName && index === path.length - 1 ? (pair?.key as YamlNode | undefined) : next;
    if (!shown) break;
    offset = shown.range?.[0] ?? offset;
    node = resolved(yaml, document, next);
  }
  return offset;
}

const resolved = (yaml: Yaml, document: Document.Parsed, node: unknown): unknown =>
  yaml.isAlias(node) ? node.resolve(document) : node;

const isMergeKey = (yaml: Yaml, key: unknown): boolean =>
  yaml.isScalar(key) && key.value === '<<' && (key as Scalar).type === 'PLAIN';

const mergedInto = (yaml: Yaml, document: Document.Parsed, value: unknown): unknown[] => {
  const source = resolved(yaml, document, value);
  return (yaml.isSeq(source) ? source.items : [source]).map((item) => resolved(yaml, document, item));
};

/** Its own, or that of what is merged into it. */
function pairOf(yaml: Yaml, document: Document.Parsed, map: unknown, name: string): Pair | undefined {
  if (!yaml.isMap(map)) return undefined;
  const own = map.items.find(({ key }) => !isMergeKey(yaml, key) && nameOf(key) === name);
  if (own) return own;
  const sources = map.items.filter(({ key }) => isMergeKey(yaml, key));
  return sources
    .flatMap(({ value }) => mergedInto(yaml, document, value))
    .map((source) => pairOf(yaml, document, source, name))
    .find((pair) => pair !== undefined);
}

const nameOf = (key: unknown): string => String((key as { value?: unknown } | null)?.value ?? '');
