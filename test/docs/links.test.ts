// Links between the documents lead somewhere, and pages have a place in the order.
import { existsSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { documents, filesOf, pages, textOf } from '../support/documents.ts';

const root = join(import.meta.dirname, '../..');
const linking = [
  ...documents,
  ...['examples', 'deploy'].flatMap((folder) => filesOf(folder, /README\.md$/)),
  '.github/PULL_REQUEST_TEMPLATE.md',
];

const withoutCode = (text: string) => text.replaceAll(/^```[\s\S]*?^```$/gm, '');
/** As GitHub makes them of headings: https://github.com/Flet/github-slugger */
const slug = (heading: string) =>
  heading
    .replaceAll(/\[([^\]]*)\]\([^)]*\)/g, '$1')
    .trim()
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
    .replaceAll(' ', '-');

function anchorsOf(file: string): Set<string> {
  const anchors = new Set<string>();
  for (const [, heading = ''] of withoutCode(textOf(file)).matchAll(/^#{1,6} (.*)$/gm)) {
    const anchor = slug(heading);
    let unique = anchor;
    for (let count = 1; anchors.has(unique); count++) unique = `${anchor}-${count}`;
    anchors.add(unique);
  }
  return anchors;
}

/** Relative links, without what stands in code. */
const linksOf = (file: string): string[] =>
  [
    ...withoutCode(textOf(file))
      .replaceAll(/`[^`\n]*`/g, '``')
      .matchAll(/\]\(([^)\s]+)\)/g),
  ]
    .map(([, target = '']) => target)
    .filter((target) => !/^[a-z]+:/.test(target));

const pathOf = (file: string, target: string) => normalize(join(dirname(file), target.split('#')[0] ?? ''));

function isDead(file: string, target: string): boolean {
  const [path, anchor] = target.split('#');
  const page = path ? pathOf(file, target) : file;
  if (!existsSync(join(root, page))) return true;
  return anchor !== undefined && !anchorsOf(page).has(anchor);
}

it.each(linking)('%s has no dead link', (file) => {
  expect(linksOf(file).filter((target) => isDead(file, target))).toEqual([]);
});

it('pages and files that the code names are there', () => {
  const files = [
    ...filesOf('src', /\.(ts|js)$/),
    ...filesOf('test', /\.(ts|tsx|mjs)$/),
    ...filesOf('bench', /\.mjs$/),
    ...filesOf('deploy', /./),
    ...filesOf('scripts', /\.mjs$/),
    ...['CHANGELOG.md', '.dependency-cruiser.cjs', 'Dockerfile', 'docker-compose.yml'],
  ];
  const dead = files.flatMap((file) =>
    [...textOf(file).matchAll(/(?<![\w/.$}-])(?:docs\/[\w/-]+\.md|(?:src|test)\/[\w./-]+\.ts)\b/g)]
      .filter(([page]) => !existsSync(join(root, page)))
      .map(([page]) => `${file}: ${page}`),
  );
  expect(dead).toEqual([]);
});

it('files that the pages name are there', () => {
  const named = /`((?:src|test|bench|scripts|deploy|examples)\/[\w./-]+)`/g;
  const dead = documents
    .filter((file) => file !== 'CHANGELOG.md')
    .flatMap((file) => [...textOf(file).matchAll(named)].map(([, path = '']) => ({ file, path })))
    .filter(({ path }) => !existsSync(join(root, path)));
  expect(dead).toEqual([]);
});

describe('the order of the pages', () => {
  const neighbor = (file: string, which: 'Previous' | 'Next') => {
    const target = new RegExp(`\\b${which}: \\[.*?\\]\\((.*?)\\)`).exec(textOf(file))?.[1];
    return target && pathOf(file, target);
  };
  const inOrder = pages.filter((file) => /\bNext: \[/.test(textOf(file)));

  it('a page is the next one of its previous one', () => {
    const [index, end] = ['docs/README.md', 'CONTRIBUTING.md'];
    const next = inOrder.map((file) => [neighbor(file, 'Next'), file]);
    for (const [page, file] of next.filter(([page]) => page !== end))
      expect(neighbor(page as string, 'Previous'), page).toBe(file);
    expect(inOrder.filter((file) => neighbor(file, 'Previous') === index)).toHaveLength(1);
  });

  it('every page is in the index, or in that of the decisions', () => {
    const listed = ['docs/README.md', 'docs/decisions/README.md'].flatMap((index) =>
      linksOf(index).map((target) => pathOf(index, target)),
    );
    expect(pages.filter((file) => file !== 'docs/README.md' && !listed.includes(file))).toEqual([]);
  });
});

describe('README.md', () => {
  it('is short', () => {
    expect(textOf('README.md').split('\n').length).toBeLessThanOrEqual(121);
  });

  it('has the numbers of the last benchmark', () => {
    const results = textOf('bench/RESULTS.md');
    const rows = [...textOf('README.md').matchAll(/^\| (.*) \| (\d+ of 20) \| ([\d.]+ s) \| (\d+) \|$/gm)];
    expect(rows).toHaveLength(3);
    const names: Record<string, string> = {
      'Apollo Server 5 on the AWS SDK': 'Apollo Server 5, plain resolvers',
    };
    for (const [, name = '', filled, wall, refused] of rows) {
      const row = results.split('\n').find((line) => line.startsWith(`| ${names[name] ?? name} | ${wall} |`));
      expect(row, name).toMatch(new RegExp(`\\| ${filled} \\| ${refused} \\|`));
    }
  });
});
