import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { readProfileRegion } from '../../../src/upstream/sdk/profile.ts';

function writeProfiles(config: string, credentials = ''): void {
  const dir = mkdtempSync(join(tmpdir(), 'aws-'));
  onTestFinished(() => rmSync(dir, { recursive: true }));
  const files = { AWS_CONFIG_FILE: config, AWS_SHARED_CREDENTIALS_FILE: credentials };
  for (const [name, text] of Object.entries(files)) {
    const path = join(dir, name);
    writeFileSync(path, text);
    vi.stubEnv(name, path);
  }
}

const CONFIG = '[default]\nregion = eu-west-1\n[profile stage]\nregion = eu-central-1\n';

it.each([
  ['of the default profile', undefined, '', 'eu-west-1'],
  ['of AWS_PROFILE', 'stage', '', 'eu-central-1'],
  [
    'of the credentials file first, as the SDK has it',
    undefined,
    '[default]\nregion = us-east-1\n',
    'us-east-1',
  ],
  ['of nobody, where the profile is not there', 'other', '', undefined],
])('reads the region %s', async (_what, profile, credentials, region) => {
  writeProfiles(CONFIG, credentials);
  vi.stubEnv('AWS_PROFILE', profile);
  expect(await readProfileRegion()).toBe(region);
});
