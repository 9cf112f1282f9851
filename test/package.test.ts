// What strangers get: the files of the tarball, and a README that holds without the repository. scripts/try-package.mjs uses it.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withAbsoluteLinks } from '../scripts/pack.mjs';

const root = join(import.meta.dirname, '..');
/** Of the tarball. Today it has 0.6 MB, and 2.6 MB unpacked. */
const MAX_BYTES = 900_000;
const ALLOWED =
  /^(dist\/.+\.(js|css|d\.ts)|dist\/emulator\/(aws-model\.json|studio\/page\/.+\.(svg|html))|schemas\/.+\.json|examples\/worlds\/.+|docs\/.+\.md|(CHANGELOG|README|SECURITY|SUPPORT)\.md|LICENSE|package\.json|schema\.graphql)$/;

it('the tarball holds the program and its documents, and nothing else', () => {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
  const { stdout } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  const packed = [Object.values(JSON.parse(stdout))].flat(2)[0] as {
    files: { path: string }[];
    size: number;
  };
  const paths = packed.files.map(({ path }) => path);
  expect(paths.filter((path) => !ALLOWED.test(path))).toEqual([]);
  expect(paths).toEqual(
    expect.arrayContaining(['dist/main.js', 'dist/index.js', 'dist/lambda.js', 'dist/sdl.js', 'LICENSE']),
  );
  expect(packed.size).toBeLessThan(MAX_BYTES);
});

it('links and pictures of the README lead to the repository at that version', () => {
  const readme = withAbsoluteLinks(readFileSync(join(root, 'README.md'), 'utf8'), '1.2.3');
  const targets = [...readme.matchAll(/\]\(([^)]+)\)/g)].map(([, target]) => target);
  expect(targets.filter((target) => !/^(https:\/\/|#)/.test(target ?? ''))).toEqual([]);
  expect(readme).toContain(
    '(https://raw.githubusercontent.com/ivs-graphql/ivs-graphql/v1.2.3/docs/images/graphiql.png)',
  );
  expect(readme).toContain('(https://github.com/ivs-graphql/ivs-graphql/blob/v1.2.3/docs/how-to/clients.md)');
});

it('no dependency needs an override, which would not reach those who install the package', () => {
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).not.toHaveProperty('overrides');
});
