// Secrets that are mounted as files.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { type ConfigError, examine, misspelt, readConfig } from '../../src/config/config.ts';
import { environment } from '../../src/config/environment.ts';

const folder = mkdtempSync(join(tmpdir(), 'ivs-graphql-secrets-'));
afterAll(() => rmSync(folder, { recursive: true }));

let count = 0;
function fileWith(text: string): string {
  count += 1;
  const path = join(folder, String(count));
  writeFileSync(path, text);
  return path;
}

const open = { HOST: '0.0.0.0', AUTH_MODE: 'none' };
const SECRET = '0123456789abcdef';

/** All lines with which a start ends. */
function problemsOf(env: Record<string, string>): readonly string[] {
  try {
    readConfig({ ...open, ...env });
  } catch (error) {
    return (error as ConfigError).problems;
  }
  return [];
}

describe('a variable with a file', () => {
  const values = {
    REDIS_URL: ['redis://:sesame@redis:6379', 'redisUrl', 'redis://:sesame@redis:6379'],
    EVENTS_SECRET: [SECRET, 'events', { path: '/events', secrets: [SECRET] }],
    METRICS_TOKEN: [SECRET, 'metricsToken', SECRET],
  } as const;

  it.each(Object.entries(values))('%s: has the value of the file, without the newline', (name, row) => {
    const [text, member, expected] = row;
    for (const [start, end] of [
      ['', ''],
      ['', '\n'],
      ['', '\r\n'],
      ['\uFEFF', '\n'],
    ]) {
      const config = readConfig({ ...open, [`${name}_FILE`]: fileWith(`${start}${text}${end}`) });
      expect(config).toMatchObject({ [member]: expected });
    }
  });

  it('is every one that is declared so', () => {
    const declared = Object.keys(environment).filter((name) => name.endsWith('_FILE'));
    expect(declared).toEqual(Object.keys(values).map((name) => `${name}_FILE`));
  });

  it('may have no file: an empty path is none', () => {
    expect(readConfig({ ...open, METRICS_TOKEN_FILE: '', METRICS_TOKEN: 'a' }).metricsToken).toBe('a');
  });
});

describe('is refused with one line', () => {
  it.each([
    ['a file that is not there', () => join(folder, 'none'), (path: string) => `got ${path} (ENOENT)`],
    ['a folder', () => folder, (path: string) => `got ${path} (EISDIR)`],
    ['a device', () => '/dev/zero', (path: string) => `got ${path} (not a file of at most`],
    // An open /metrics is no place to end up in by an empty mount.
    ['an empty file', () => fileWith('\n'), (path: string) => `got ${path}, which is empty`],
    [
      'a file with several lines',
      () => fileWith('a\nb\n'),
      (path: string) => `got ${path}, which has several`,
    ],
  ])('%s', (_what, make, got) => {
    const path = make();
    const [line, ...more] = problemsOf({ METRICS_TOKEN_FILE: path });
    expect(line).toMatch(/^METRICS_TOKEN_FILE: expected a (readable )?file/);
    expect(line).toContain(got(path));
    expect(more).toEqual([]);
  });

  it('a value beside the file', () => {
    const lines = problemsOf({ METRICS_TOKEN: 'a', METRICS_TOKEN_FILE: fileWith('b') });
    expect(lines).toEqual(['METRICS_TOKEN_FILE: expected instead of METRICS_TOKEN, got both']);
  });

  it('a wrong value, which is not shown', () => {
    const [line = '', ...more] = problemsOf({ REDIS_URL_FILE: fileWith('rdis://:sesame@redis\n') });
    expect(line).toMatch(
      /^REDIS_URL: expected a URL .*, got a text that is not shown, since it may hold a secret$/,
    );
    expect(more).toEqual([]);
  });

  it.each([
    'geh\u00e9im-und-lang',
    'with\ttab-and-more',
    'space in-the-middle',
    '\0g\0e\0h\0e\0i\0m\0',
    'a\u007fsixteen-letters',
  ])('a secret that no header can carry: %j', (text) => {
    for (const name of ['EVENTS_SECRET', 'METRICS_TOKEN']) {
      const refused = expect.stringMatching(
        new RegExp(`^${name}: expected .*printable ASCII characters.*, got a text that is not shown`),
      );
      expect(problemsOf({ [`${name}_FILE`]: fileWith(text) })).toEqual([refused]);
      expect(problemsOf({ [name]: text })).toEqual([refused]);
    }
  });

  it('a file that is not there, and not what follows from it', () => {
    const lines = problemsOf({ EVENTS_SECRET_FILE: join(folder, 'none'), EVENTS_PATH: '/events' });
    expect(lines.map((line) => line.split(':')[0])).toEqual(['EVENTS_SECRET_FILE']);
  });
});

it.each(
  Object.keys(environment).filter((name) => !name.endsWith('_FILE') && !(`${name}_FILE` in environment)),
)('%s is not read from a file, and a warning says so', (name) => {
  const env = { ...open, [`${name}_FILE`]: join(folder, 'none') };
  expect(examine(env).problems).toEqual([]);
  const files = 'REDIS_URL_FILE, EVENTS_SECRET_FILE, METRICS_TOKEN_FILE';
  expect(misspelt(env)).toEqual([
    `${name}_FILE is not a setting and has no effect. Set ${name} itself: these can be files: ${files}`,
  ]);
});

it('a nearly right name is corrected; those of AWS are none of the gateway’s', () => {
  expect(misspelt({ METRICS_TOKEN_FIL: 'x' }).join()).toContain('Did you mean METRICS_TOKEN_FILE?');
  const names = /`(AWS_\w+_FILE)`/g;
  const ofAws = [...readFileSync('docs/reference/settings.md', 'utf8').matchAll(names)].map(
    ([, name = '']) => name,
  );
  expect(ofAws.length).toBeGreaterThan(2);
  expect(misspelt(Object.fromEntries(ofAws.map((name) => [name, 'x'])))).toEqual([]);
});
