// What the clients' tools write of their operations, the gateway takes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { schema } from '../../src/schema/index.ts';
import { defaultLimits } from '../../src/server/limits/limits.ts';
import { parseManifest, readManifest } from '../../src/server/limits/manifest.ts';
import { start } from './world.ts';

const here = (file: string) => join(import.meta.dirname, file);
const served = { schema, limits: defaultLimits, hasIntrospection: true };

it.each([
  ['Relay’s compiler', here('relay/generated/persisted.json'), 8],
  ['the client preset of GraphQL Code Generator', here('codegen/generated/persisted-documents.json'), 4],
])('%s', async (_whose, file, count) => {
  const persistedOperations = readManifest(parseManifest(readFileSync(file, 'utf8')), served);
  expect(persistedOperations.size).toBe(count);
});

it('Apollo’s generate-persisted-query-manifest, and its ids are answered', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'manifest-'));
  const query = 'query Names { stages { nodes { name } } }';
  writeFileSync(join(folder, 'names.graphql'), query);
  const output = join(folder, 'manifest.json');
  const config = join(folder, 'config.json');
  writeFileSync(config, JSON.stringify({ documents: [join(folder, '*.graphql')], output }));
  const bin = here('node_modules/.bin/generate-persisted-query-manifest');
  const { status, stderr } = spawnSync(bin, ['--config', config], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  expect([status, stderr]).toEqual([0, '']);
  const persistedOperations = readManifest(parseManifest(readFileSync(output, 'utf8')), served);
  rmSync(folder, { recursive: true });
  const { url } = await start({ server: { persistedOperations } });
  const [id] = [...persistedOperations.keys()];
  const ask = (extensions: object) =>
    fetch(`${url}?${new URLSearchParams({ extensions: JSON.stringify(extensions) })}`).then((answer) =>
      answer.json(),
    );
  expect(await ask({ persistedQuery: { version: 1, sha256Hash: id } })).toMatchObject({
    data: { stages: { nodes: [{ name: 'a-stage' }] } },
  });
});
