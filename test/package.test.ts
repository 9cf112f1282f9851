// What strangers get: the files of the tarball, and a README that holds without the repository. scripts/try-package.mjs uses it.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { withAbsoluteLinks } from '../scripts/pack.mjs';

const root = join(import.meta.dirname, '..');
/** Of the tarball. Today it has 0.6 MB, and 2.6 MB unpacked. */
const MAX_BYTES = 900_000;
const ALLOWED =
  /^(dist\/.+\.(js|css|d\.ts)|dist\/emulator\/(model\/aws-model\.json|studio\/page\/.+\.(svg|html))|schemas\/.+\.json|examples\/worlds\/.+|docs\/.+\.md|(CHANGELOG|README|SECURITY|SUPPORT)\.md|LICENSE|package\.json|schema\.graphql)$/;

function packed() {
  const args = ['pack', '--dry-run', '--json', '--ignore-scripts', '--loglevel=error'];
  const { stdout } = spawnSync('npm', args, { cwd: root, encoding: 'utf8' });
  return [Object.values(JSON.parse(stdout))].flat(2)[0] as { files: { path: string }[]; size: number };
}

it('the tarball holds the program and its documents, and nothing else', () => {
  const { files, size } = packed();
  const paths = files.map(({ path }) => path);
  expect(paths.filter((path) => !ALLOWED.test(path))).toEqual([]);
  expect(paths).toEqual(
    expect.arrayContaining(['dist/main.js', 'dist/index.js', 'dist/lambda.js', 'dist/sdl.js', 'LICENSE']),
  );
  expect(size).toBeLessThan(MAX_BYTES);
});

const repository = { url: 'git+https://github.com/someone/else.git' };
const manifest = { version: '1.2.3', repository };
const linksIn = (markdown: string) =>
  [...markdown.replaceAll(/^```[\s\S]*?^```$|`[^`\n]*`/gm, '').matchAll(/\]\(([^)]+)\)/g)]
    .map(([, target = '']) => target)
    .filter((target) => !/^([a-z]+:|#)/.test(target));

it('links and pictures of the README lead to the repository of package.json at that version', () => {
  const text = readFileSync(join(root, 'README.md'), 'utf8');
  const readme = withAbsoluteLinks(text, manifest, 'README.md', []);
  expect(linksIn(readme)).toEqual([]);
  expect(readme).toContain(
    '(https://raw.githubusercontent.com/someone/else/v1.2.3/docs/images/graphiql.png)',
  );
  expect(readme).toContain('(https://github.com/someone/else/blob/v1.2.3/docs/how-to/clients.md)');
  // Those that are there; headings are tried with all links of documents.
  expect(linksIn(text).filter((target) => !existsSync(join(root, target.replace(/#.*/, ''))))).toEqual([]);
  expect(() =>
    withAbsoluteLinks(text, { ...manifest, repository: { url: 'elsewhere' } }, 'README.md', []),
  ).toThrow('repository');
});

it('links of other documents stay where the package has the file, and else lead to the repository', () => {
  const text =
    '[a](embed.md#options) [b](../../bench/RESULTS.md#x) ![c](../images/a.png) [w](../../schemas) `[d](e.md)`';
  const packed = ['docs/how-to/embed.md', 'schemas/world.json'];
  const page = 'https://github.com/someone/else/blob/v1.2.3/bench/RESULTS.md#x';
  const picture = 'https://raw.githubusercontent.com/someone/else/v1.2.3/docs/images/a.png';
  expect(withAbsoluteLinks(text, manifest, 'docs/how-to/deploy.md', packed)).toBe(
    `[a](embed.md#options) [b](${page}) ![c](${picture}) [w](../../schemas) \`[d](e.md)\``,
  );
});

it('documents of the package say nothing of releases that a release makes untrue', () => {
  const { files } = packed();
  const texts = files.flatMap(({ path }) =>
    path.endsWith('.md') ? [[path, readFileSync(join(root, path), 'utf8')]] : [],
  );
  const visible = (text: string) => text.replaceAll(/<!--[\s\S]*?-->/g, '');
  const untrue = texts.filter(([, text = '']) =>
    /(not|nothing has been) (yet )?(released|published)|published yet|first release\b/i.test(visible(text)),
  );
  expect(untrue.map(([path]) => path)).toEqual([]);
});

it('no dependency needs an override, which would not reach those who install the package', () => {
  expect(JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'))).not.toHaveProperty('overrides');
});
