// World files of tests.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { emulate } from './emulate.ts';

export function writeWorld(text: string, name = 'world.yaml'): string {
  const folder = mkdtempSync(join(tmpdir(), 'world-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const file = join(folder, name);
  writeFileSync(file, text);
  return file;
}

/** The lines of the error, without the folder. */
export async function problemsOf(text: string): Promise<string[]> {
  const file = writeWorld(text);
  const error = await emulate({ world: file }).catch((refused: Error) => refused);
  return error instanceof Error
    ? error.message.split('\n').map((line) => line.replace(file, 'world.yaml'))
    : [];
}
