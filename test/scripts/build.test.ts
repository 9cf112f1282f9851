// A build beside a running gateway: the files that it imports late stay readable.
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { replaceFiles } from '../../scripts/build.mjs';

function foldersWith(files: Record<string, Record<string, string>>) {
  const root = mkdtempSync(join(tmpdir(), 'build-'));
  onTestFinished(() => rmSync(root, { recursive: true }));
  for (const [folder, contents] of Object.entries(files)) {
    mkdirSync(join(root, folder, 'page'), { recursive: true });
    for (const [name, text] of Object.entries(contents)) writeFileSync(join(root, folder, name), text);
  }
  return { from: join(root, 'from'), to: join(root, 'to') };
}

it('replaces what changed, leaves what is equal, and removes what is gone', () => {
  const { from, to } = foldersWith({
    from: { 'main.js': 'same', 'new.js': 'new', 'page/page.css': 'changed' },
    to: { 'main.js': 'same', 'old.js': 'old', 'page/page.css': 'before' },
  });
  const { ino } = statSync(join(to, 'main.js'));
  replaceFiles(from, to);
  expect(statSync(join(to, 'main.js')).ino).toBe(ino);
  expect(readFileSync(join(to, 'page/page.css'), 'utf8')).toBe('changed');
  expect(readdirSync(to).sort()).toEqual(['main.js', 'new.js', 'page']);
});

it('is what `npm start` does, and nothing removes the folder first', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(scripts.build).toBe('node scripts/build.mjs');
  expect(scripts.prestart).not.toMatch(/rm/);
});
