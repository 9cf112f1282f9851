import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.js';
import { paginate } from '../paging.js';
const POLICIES_PER_REGION = 20; // the number is a guess
const COUNTRY = /^[A-Z]{2}$/;
/** The policy of an ARN; ResourceNotFoundException where there is none. */
export function requirePlaybackRestrictionPolicy(world, arn) {
    const policy = world.playbackRestrictionPolicies.get(arn);
    if (!policy)
        throw resourceNotFound(arn);
    return policy;
}
function checkCountries(countries = []) {
    const strange = countries.findIndex((country) => !COUNTRY.test(country));
    if (strange < 0)
        return;
    throw validationFailed(`allowedCountries[${strange}]: must be an ISO 3166-1 alpha-2 code, got ${JSON.stringify(countries[strange])}`);
}
export function addPlaybackRestrictionPolicy(world, { arn = world.newArn('playback-restriction-policy'), tags = {}, ...input }) {
    const policy = {
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
        checkCountries(input.allowedCountries);
        if (world.playbackRestrictionPolicies.size >= POLICIES_PER_REGION) {
            throw quotaExceeded(`A region may have at most ${POLICIES_PER_REGION} playback restriction policies`);
        }
        return { playbackRestrictionPolicy: addPlaybackRestrictionPolicy(world, input) };
    },
    GetPlaybackRestrictionPolicy({ arn }, world) {
        return { playbackRestrictionPolicy: requirePlaybackRestrictionPolicy(world, arn) };
    },
    ListPlaybackRestrictionPolicies(input, world) {
        const page = paginate([...world.playbackRestrictionPolicies.values()], input, {
            operation: 'ListPlaybackRestrictionPolicies',
            world,
            size: 1,
        });
        return { playbackRestrictionPolicies: page.items, nextToken: page.nextToken };
    },
    UpdatePlaybackRestrictionPolicy({ arn, ...changes }, world) {
        const policy = requirePlaybackRestrictionPolicy(world, arn);
        checkCountries(changes.allowedCountries);
        return { playbackRestrictionPolicy: Object.assign(policy, changes) };
    },
    DeletePlaybackRestrictionPolicy({ arn }, world) {
        requirePlaybackRestrictionPolicy(world, arn);
        const user = [...world.channels.values()].find((channel) => channel.playbackRestrictionPolicyArn === arn);
        if (user)
            throw conflict(`${arn} is in use by ${user.arn}`);
        world.playbackRestrictionPolicies.delete(arn);
        return {};
    },
};
