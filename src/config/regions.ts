// The regions that may be called, and the one of lists that name none.
import { ConfigError } from './config-error.ts';
import { type Environment, environment } from './environment.ts';

/** Where the demo world has something. */
const DEMO_REGIONS = ['us-west-2', 'eu-west-1'];

/** What ~/.aws says, as far as it is wanted. */
export interface Profile {
  region?: string | undefined;
}

/** The library replaces it: options are no variables. */
export const NEITHER_SET = 'neither it nor AWS_DEFAULT_REGION is set';

/** Whether the profile's region decides; then only is it worth a look at the files. */
export const needsProfile = (env: Record<string, string | undefined>): boolean =>
  env.IVS_BACKEND === 'aws' && !env.AWS_REGION && !env.AWS_DEFAULT_REGION;

/** In the order of the AWS CLI and SDKs. The demo world is where it is, whatever the machine is used for otherwise. */
function readRegion(data: Environment, profile: Profile): string {
  if (data.AWS_REGION) return data.AWS_REGION;
  if (data.IVS_BACKEND === 'emulator') return 'us-west-2';
  if (data.AWS_DEFAULT_REGION) return data.AWS_DEFAULT_REGION;
  const region = profile.region && environment.AWS_REGION.read(profile.region);
  if (region) return region;
  throw new ConfigError(
    `AWS_REGION: expected an AWS region such as us-west-2, since IVS_BACKEND is aws; ${NEITHER_SET}, and the profile in ~/.aws has ${profile.region ? JSON.stringify(profile.region) : 'none'}`,
  );
}

export function readRegions(
  data: Environment,
  profile: Profile,
): { defaultRegion: string; regions: string[] } {
  const defaultRegion = readRegion(data, profile);
  const demo = data.IVS_BACKEND === 'emulator' ? DEMO_REGIONS : [];
  const regions = data.IVS_REGIONS ?? [...new Set([defaultRegion, ...demo])];
  if (regions.includes(defaultRegion)) return { defaultRegion, regions };
  throw new ConfigError(
    `IVS_REGIONS: expected a list with AWS_REGION (${defaultRegion}) in it, got ${regions.join(',')}`,
  );
}
