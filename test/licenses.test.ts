// Whoever installs the gateway gets only software under permissive licences, which may be used, changed and sold.
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '..');
const PERMISSIVE = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause', 'Apache-2.0', 'BlueOak-1.0.0'],
  ...['CC0-1.0', 'Unlicense', 'Python-2.0', 'Zlib'],
]);

interface Package {
  dev?: boolean;
  license?: string;
}
const read = (file: string) => JSON.parse(readFileSync(join(root, file), 'utf8'));

/** By their paths; those that only development needs are left out. */
const production = Object.entries<Package>(read('package-lock.json').packages)
  .filter(([path, { dev }]) => path.startsWith('node_modules/') && !dev)
  .map(([path, locked]): [string, string] => {
    const manifest = `${path}/package.json`;
    // Packages for other platforms are locked, but not installed.
    const { license } = existsSync(join(root, manifest)) ? (read(manifest) as Package) : locked;
    return [path, String(license)];
  });

/** An SPDX expression, such as `(MIT OR GPL-2.0-only)`. */
const isPermissive = (license: string): boolean =>
  license
    .replace(/[()]/g, '')
    .split(' OR ')
    .some((choice) => choice.split(' AND ').every((id) => PERMISSIVE.has(id)));

it('all production packages have permissive licences', () => {
  expect(production.length).toBeGreaterThan(50);
  expect(production.filter(([, license]) => !isPermissive(license))).toEqual([]);
});

it.each(['Elastic-2.0', 'GPL-3.0-only', 'MIT AND GPL-3.0-only', 'SEE LICENSE IN LICENSE', 'undefined'])(
  '%s is not one',
  (license) => {
    expect(isPermissive(license)).toBe(false);
  },
);
