import { readFileSync } from 'node:fs';
import { schema } from '../../../src/schema/index.ts';
import { defaultLimits } from '../../../src/server/limits/limits.ts';
import { parseManifest, readManifest } from '../../../src/server/limits/manifest.ts';

const manifest = readFileSync(new URL('generated/persisted.json', import.meta.url), 'utf8');

/** Relay's compiler leaves the ids of the documents in place of them, so the gateway has to know them. */
export const persistedOperations = readManifest(parseManifest(manifest), {
  schema,
  limits: defaultLimits,
  hasIntrospection: true,
});
