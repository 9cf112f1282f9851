// The tree is the architecture: an operation has one home on each side of the wire, under the same name, with its tests.
import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { model } from '../src/emulator/model/model.ts';

const root = join(import.meta.dirname, '..');
const LINES_AIMED_AT = 250;
const LINES_AT_MOST = 300;

/** Of the project's own: tests with packages of their own hold thousands of others. */
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true })
    .filter(({ name }) => name !== 'node_modules')
    .flatMap((entry) =>
      entry.isDirectory() ? filesIn(`${folder}/${entry.name}`) : `${folder}/${entry.name}`,
    )
    .filter((file) => file.endsWith('.ts'))
    .sort();
const textOf = (file: string) => readFileSync(join(root, file), 'utf8');

const [schema, emulator, tests] = [filesIn('src/schema'), filesIn('src/emulator'), filesIn('test')];
const texts = new Map([...filesIn('src'), ...tests].map((file) => [file, textOf(file)]));
const filesWith = (files: string[], pattern: RegExp) =>
  files.filter((file) => pattern.test(texts.get(file) ?? ''));

/** The three tag operations are in both services and have one home. */
const operations = [...new Set(model.map(({ name }) => name))].sort();
const homesInSchema = (name: string) => filesWith(schema, new RegExp(`\\bnew (\\w+\\.)?${name}Command\\(`));
const homesInEmulator = (name: string) => filesWith(emulator, new RegExp(`^  ${name}\\(`, 'm'));

/** `src/schema/realtime/stage.ts` → `realtime/stage` */
const nameOf = (file: string) => file.replace(/^(src|test)\/\w+\/(.*?)(\.test)?\.ts$/, '$2');
/** The mutations of a noun may have a file beside it. */
const nounOf = (file: string) => nameOf(file).replace(/-mutations$/, '');
const lowerFirst = (name: string) => name.charAt(0).toLowerCase() + name.slice(1);

/** Fields with other names than the operation behind them has. */
const fields: Record<string, string> = {
  ListTagsForResource: 'tags',
  ListParticipantEvents: 'events',
  ListParticipantReplicas: 'replicas',
  StartViewerSessionRevocation: 'revokeViewerSession',
  BatchStartViewerSessionRevocation: 'revokeViewerSessions',
};
const fieldOf = (name: string) => fields[name] ?? lowerFirst(name.replace(/^(BatchGet|Get|List)/, ''));
/** Says the operation's own name, or that of the field which it is behind. */
const isAbout = (name: string) => new RegExp(`\\b(${name}(Command)?|${fieldOf(name)})\\b`);

const DISCONNECT = 'in the schema it returns a stage, and the file of stages imports that of participants';
const REPLICATE = 'in the schema the verbs return the original, of which a replica is only what hangs below';
const TAGS = 'in the schema tags are a pattern that nouns follow';
/** Operations whose file in the emulator has another name than in the schema, each with the reason. */
const differentHomes: Record<string, string> = {
  DisconnectParticipant: DISCONNECT,
  InsertAdBreak: 'in the schema a noun, the ad break; in the emulator nothing is left of it but a check',
  ListTagsForResource: TAGS,
  StartParticipantReplication: REPLICATE,
  StopParticipantReplication: REPLICATE,
  TagResource: TAGS,
  UntagResource: TAGS,
};

/** Files with operations that another file tests. */
const testedElsewhere: Record<string, string> = {
  'schema/realtime/disconnect-participant': 'schema/realtime/participant',
  'schema/realtime/participant-replica': 'schema/realtime/replicate-participant',
  'emulator/realtime/participant-event': 'emulator/realtime/presence',
};

test.each(operations)('%s has one home in the schema', (name) => {
  expect(homesInSchema(name)).toHaveLength(1);
});

test.each(operations)('%s has one home in the emulator', (name) => {
  expect(homesInEmulator(name)).toHaveLength(1);
});

test.each(operations)('%s is tested in the graph', (name) => {
  const inGraph = tests.filter((file) => file.startsWith('test/schema/'));
  expect(filesWith(inGraph, isAbout(name))).not.toEqual([]);
});

describe('mirrors', () => {
  const sides = { schema: homesInSchema, emulator: homesInEmulator };

  test('an operation is in files of the same name in the schema and in the emulator', () => {
    const apart = operations.filter((name) => {
      const [inSchema, inEmulator] = [homesInSchema(name).map(nounOf), homesInEmulator(name).map(nounOf)];
      return inSchema.length > 0 && inEmulator.length > 0 && String(inSchema) !== String(inEmulator);
    });
    expect(apart).toEqual(Object.keys(differentHomes).sort());
  });

  test.each(['schema', 'emulator'] as const)('each file of operations in %s has its test', (side) => {
    const homes = new Set(operations.flatMap(sides[side]).map((home) => `${side}/${nameOf(home)}`));
    const untested = [...homes].filter(
      (file) => !tests.includes(`test/${testedElsewhere[file] ?? file}.test.ts`),
    );
    expect(untested).toEqual([]);
  });

  test('each test of a noun is about a file that is there', () => {
    const mirrored = tests.filter((file) => /^test\/(schema|emulator)\/(realtime|low-latency)\//.test(file));
    const alone = mirrored.filter((file) => !texts.has(file.replace(/^test(.*)\.test\.ts$/, 'src$1.ts')));
    expect(alone).toEqual([]);
  });
});

test('the clients of the AWS SDK are loaded with require(): imports are of their types', () => {
  const imports = filesWith(filesIn('src'), /^import (?!type )[^;]*'@aws-sdk\/client-/m);
  expect(imports).toEqual([]);
});

test('files are small', () => {
  const lines = filesIn('src').map((file) => ({
    file,
    count: (texts.get(file) ?? '').split('\n').length - 1,
  }));
  const long = lines.filter(({ count }) => count > LINES_AIMED_AT);
  if (long.length > 0) {
    console.warn(
      `Over ${LINES_AIMED_AT} lines: ${long.map(({ file, count }) => `${file} (${count})`).join(', ')}`,
    );
  }
  expect(long.filter(({ count }) => count > LINES_AT_MOST)).toEqual([]);
});

/** Regular expressions in a text of TypeScript. */
const expressionsIn = (text: string): RegExp[] =>
  [
    ...text.matchAll(
      /(?<=[\s(,:!=])\/(?![*/\s])((?:\[(?:\\.|[^\]\n])*\]|\\.|[^/\\\n[])+)\/[gimsuy]*(?=[\s,.;)\]])/g,
    ),
  ].map(([, source = '']) => new RegExp(source));

test('no regular expression tells operations apart: what is true of one stands in its row', () => {
  const tellsApart = (expression: RegExp) => {
    const matching = operations.filter((name) => expression.test(name)).length;
    return matching > 0 && matching < operations.length;
  };
  const readers = ['src/upstream', 'src/access', 'src/schema'].flatMap(filesIn);
  const found = readers.flatMap((file) =>
    expressionsIn(texts.get(file) ?? '')
      .filter(tellsApart)
      .map((expression) => `${file}: ${expression}`),
  );
  expect(found).toEqual([]);
  const verbs = /\.(starts|ends)With\(['"](Batch|Create|Delete|Get|Import|List|Start|Stop|Update)/;
  expect(filesWith(readers, verbs)).toEqual([]);
});

test('one file takes ARNs apart', () => {
  // A message and an example show what one looks like; the emulator is another program. Settings name those of roles.
  const roles = 'src/config/environment/role-arn.ts';
  const isText = (file: string) => /^src\/(emulator|server\/graphiql)\//.test(file);
  const sources = filesIn('src').filter((file) => !isText(file));
  expect(filesWith(sources, /arn:(aws|\[|\*|')/)).toEqual([roles, 'src/upstream/arn.ts']);
});

test('no file has a name that says nothing', () => {
  const names = filesIn('src').map((file) => basename(file, '.ts'));
  expect(names.filter((name) => /^(utils?|helpers?|common|misc|manager|service|data)$/.test(name))).toEqual(
    [],
  );
});

test('no shared file of the tests registers hooks: it is loaded once in a worker, and hooks are those of one test file', () => {
  const shared = tests.filter((file) => !file.endsWith('.test.ts'));
  // Vitest runs its setup file anew for each file, also where they share their modules.
  expect(filesWith(shared, /^(before|after)(Each|All)\(/m)).toEqual(['test/support/leaves-process.ts']);
});
