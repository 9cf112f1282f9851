import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { readProfileRegion } from '../../../src/upstream/sdk/profile.ts';

const names = ['AWS_CONFIG_FILE', 'AWS_SHARED_CREDENTIALS_FILE', 'AWS_PROFILE'] as const;

function writeProfiles(config: string, credentials = ''): void {
  const before = names.map((name) => [name, process.env[name]] as const);
  const dir = mkdtempSync(join(tmpdir(), 'aws-'));
  onTestFinished(() => {
    rmSync(dir, { recursive: true });
    for (const [name, value] of before) {
      if (value === undefined) delete process.env[name];
      else process.env[name] = value;
    }
  });
  process.env.AWS_CONFIG_FILE = join(dir, 'config');
  process.env.AWS_SHARED_CREDENTIALS_FILE = join(dir, 'credentials');
  writeFileSync(process.env.AWS_CONFIG_FILE, config);
  writeFileSync(process.env.AWS_SHARED_CREDENTIALS_FILE, credentials);
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
  if (profile) process.env.AWS_PROFILE = profile;
  else delete process.env.AWS_PROFILE;
  expect(await readProfileRegion()).toBe(region);
});
