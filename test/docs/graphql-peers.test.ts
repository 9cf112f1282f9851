// The page on versions lists what does not accept graphql 17, as the locks have it.
import { expect, it } from 'vitest';
import { filesOf, textOf } from '../support/documents.ts';

interface Locked {
  version: string;
  dependencies?: Record<string, string>;
  peerDependencies?: Record<string, string>;
}

const accepts17 = (range: string) => /\^17|>=|\*/.test(range);

/** Packages that are required by name, with the version and range that are locked. */
function refusing(lock: string): string[] {
  const { packages } = JSON.parse(textOf(lock)) as { packages: Record<string, Locked> };
  return Object.keys(packages['']?.dependencies ?? {}).flatMap((name) => {
    const { version, peerDependencies } = packages[`node_modules/${name}`] as Locked;
    const range = peerDependencies?.graphql;
    return range && !accepts17(range)
      ? [`| \`${name}\` | ${version} | \`${range.replaceAll('|', '\\|')}\` |`]
      : [];
  });
}

it('the page on versions has all packages that refuse graphql 17, and no other', () => {
  const locks = [
    'package-lock.json',
    ...['bench', 'test'].flatMap((name) => filesOf(name, /package-lock\.json$/)),
  ];
  const rows = textOf('docs/reference/versioning.md').match(/^\| `.*` \| \d.* \| `.*` \|$/gm);
  expect(rows?.sort()).toEqual([...new Set(locks.flatMap(refusing))].sort());
});
