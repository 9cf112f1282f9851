import { conflict, quotaExceeded, resourceNotFound } from '../errors.js';
import { paginate } from '../paging.js';
import { compositionUsing } from './composition-destination.js';
const CONFIGURATIONS_PER_REGION = 5; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
function requireStorageConfiguration(world, arn) {
    const configuration = world.storageConfigurations.get(arn);
    if (!configuration)
        throw resourceNotFound(arn);
    return configuration;
}
export function addStorageConfiguration(world, { arn = world.newArn('storage-configuration'), name = '', s3, tags = {} }) {
    const configuration = { arn, name, s3, tags, order: world.nextOrder() };
    world.storageConfigurations.set(arn, configuration);
    return configuration;
}
export const storageConfigurationOperations = {
    CreateStorageConfiguration(input, world) {
        if (world.storageConfigurations.size >= CONFIGURATIONS_PER_REGION) {
            throw quotaExceeded(`A region may have at most ${CONFIGURATIONS_PER_REGION} storage configurations`);
        }
        return { storageConfiguration: addStorageConfiguration(world, input) };
    },
    GetStorageConfiguration({ arn }, world) {
        return { storageConfiguration: requireStorageConfiguration(world, arn) };
    },
    ListStorageConfigurations(input, world) {
        const page = paginate([...world.storageConfigurations.values()], input, {
            operation: 'ListStorageConfigurations',
            world,
            size: 100,
        });
        return { storageConfigurations: page.items, nextToken: page.nextToken };
    },
    // AWS says of compositions alone that they keep it from being deleted, not of stages that record with it.
    DeleteStorageConfiguration({ arn }, world) {
        requireStorageConfiguration(world, arn);
        const user = compositionUsing(world, arn);
        if (user)
            throw conflict(`${arn} is used by ${user.arn}`);
        world.storageConfigurations.delete(arn);
        return {};
    },
};
