import type { CreatePlaybackRestrictionPolicyRequest } from '@aws-sdk/client-ivs';
import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.ts';
import type { Operations, Valid } from '../model/operation.ts';
import { paginate } from '../persistent/paging.ts';
import type { PlaybackRestrictionPolicy, World } from '../world/world.ts';

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html
const POLICIES_PER_REGION = 3;
const COUNTRIES_PER_POLICY = 200;
const ORIGINS_PER_POLICY = 5;
const COUNTRY = /^[A-Z]{2}$/;

/** The policy of an ARN; ResourceNotFoundException where there is none. */
export function requirePlaybackRestrictionPolicy(world: World, arn: string): PlaybackRestrictionPolicy {
  const policy = world.playbackRestrictionPolicies.get(arn);
  if (!policy) throw resourceNotFound(arn);
  return policy;
}

type Lists = Pick<CreatePlaybackRestrictionPolicyRequest, 'allowedCountries' | 'allowedOrigins'>;

/** UpdatePlaybackRestrictionPolicy declares no other error for what is too long. */
function checkLists({ allowedCountries: countries = [], allowedOrigins: origins = [] }: Lists): void {
  checkLength('allowedCountries', countries, COUNTRIES_PER_POLICY);
  checkLength('allowedOrigins', origins, ORIGINS_PER_POLICY);
  const strange = countries.findIndex((country) => !COUNTRY.test(country));
  if (strange < 0) return;
  throw validationFailed(
    `allowedCountries[${strange}]: must be an ISO 3166-1 alpha-2 code, got ${JSON.stringify(countries[strange])}`,
  );
}

function checkLength(member: string, { length }: readonly string[], most: number): void {
  if (length > most) throw validationFailed(`${member}: must have at most ${most} items, got ${length}`);
}

export type NewPlaybackRestrictionPolicy = Valid<CreatePlaybackRestrictionPolicyRequest> & { arn?: string };

export function addPlaybackRestrictionPolicy(
  world: World,
  { arn = world.newArn('playback-restriction-policy'), tags = {}, ...input }: NewPlaybackRestrictionPolicy,
): PlaybackRestrictionPolicy {
  const policy: PlaybackRestrictionPolicy = {
    arn,
    name: '',
    allowedCountries: [],
    allowedOrigins: [],
    enableStrictOriginEnforcement: false,
    ...input,
    tags,
    order: world.nextOrder(),
  };
  world.playbackRestrictionPolicies.set(arn, policy);
  return policy;
}

export const playbackRestrictionPolicyOperations = {
  CreatePlaybackRestrictionPolicy(input, world) {
    checkLists(input);
    if (world.playbackRestrictionPolicies.size >= POLICIES_PER_REGION) {
      throw quotaExceeded(`A region may have at most ${POLICIES_PER_REGION} playback restriction policies`);
    }
    return { playbackRestrictionPolicy: addPlaybackRestrictionPolicy(world, input) };
  },

  GetPlaybackRestrictionPolicy({ arn }, world) {
    return { playbackRestrictionPolicy: requirePlaybackRestrictionPolicy(world, arn) };
  },

  ListPlaybackRestrictionPolicies(input, world) {
    const page = paginate(world.playbackRestrictionPolicies, input, {
      operation: 'ListPlaybackRestrictionPolicies',
      world,
      size: 1,
    });
    return { playbackRestrictionPolicies: page.items, nextToken: page.nextToken };
  },

  UpdatePlaybackRestrictionPolicy({ arn, ...changes }, world) {
    const policy = requirePlaybackRestrictionPolicy(world, arn);
    checkLists(changes);
    return { playbackRestrictionPolicy: Object.assign(policy, changes) };
  },

  DeletePlaybackRestrictionPolicy({ arn }, world) {
    requirePlaybackRestrictionPolicy(world, arn);
    const user = world.channels.find((channel) => channel.playbackRestrictionPolicyArn === arn);
    if (user) throw conflict(`${arn} is in use by ${user.arn}`);
    world.playbackRestrictionPolicies.delete(arn);
    return {};
  },
} satisfies Partial<Operations>;
