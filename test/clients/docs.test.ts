import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const root = join(import.meta.dirname, '../..');
const read = (file: string) => readFileSync(join(root, file), 'utf8');

const blocks = [...read('docs/how-to/clients.md').matchAll(/<!-- (\S+) -->\n```\w+\n(.*?)\n```/gs)];

it('docs/how-to/clients.md shows what is tried here', () => {
  expect(blocks.length).toBeGreaterThan(6);
  for (const [, file, text] of blocks) expect(text, file).toBe(read(file as string).trimEnd());
});
