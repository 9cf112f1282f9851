import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.js';
import { paginate } from '../paging.js';
import { compositionUsing } from './composition-destination.js';
const CONFIGURATIONS_PER_REGION = 20; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
const MOST_PIXELS = 1920 * 1080;
const videoDefaults = { width: 1280, height: 720, framerate: 30, bitrate: 2_500_000 };
function requireEncoderConfiguration(world, arn) {
    const configuration = world.encoderConfigurations.get(arn);
    if (!configuration)
        throw resourceNotFound(arn);
    return configuration;
}
function checkVideo({ width, height }) {
    if (width % 2 !== 0)
        throw validationFailed(`video.width: must be even, got ${width}`);
    if (height % 2 !== 0)
        throw validationFailed(`video.height: must be even, got ${height}`);
    if (width * height > MOST_PIXELS) {
        throw validationFailed(`video: may have at most ${MOST_PIXELS} pixels, got ${width}x${height}`);
    }
}
export function addEncoderConfiguration(world, { arn = world.newArn('encoder-configuration'), name = '', video: wanted, tags = {}, }) {
    const video = { ...videoDefaults, ...wanted };
    checkVideo(video);
    const configuration = { arn, name, video, tags, order: world.nextOrder() };
    world.encoderConfigurations.set(arn, configuration);
    return configuration;
}
export const encoderConfigurationOperations = {
    CreateEncoderConfiguration(input, world) {
        if (world.encoderConfigurations.size >= CONFIGURATIONS_PER_REGION) {
            throw quotaExceeded(`A region may have at most ${CONFIGURATIONS_PER_REGION} encoder configurations`);
        }
        return { encoderConfiguration: addEncoderConfiguration(world, input) };
    },
    GetEncoderConfiguration({ arn }, world) {
        return { encoderConfiguration: requireEncoderConfiguration(world, arn) };
    },
    ListEncoderConfigurations(input, world) {
        const page = paginate([...world.encoderConfigurations.values()], input, {
            operation: 'ListEncoderConfigurations',
            world,
            size: 100,
        });
        return { encoderConfigurations: page.items, nextToken: page.nextToken };
    },
    DeleteEncoderConfiguration({ arn }, world) {
        requireEncoderConfiguration(world, arn);
        const user = compositionUsing(world, arn);
        if (user)
            throw conflict(`${arn} is used by ${user.arn}`);
        world.encoderConfigurations.delete(arn);
        return {};
    },
};
