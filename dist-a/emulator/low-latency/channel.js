import { createHash } from 'node:crypto';
import { resourceNotFound } from '../errors.js';
import { parseArn } from '../identifiers.js';
import { paginate } from '../paging.js';
/** The channel of an ARN; ResourceNotFoundException where there is none. */
export function requireChannel(world, arn) {
    const channel = world.channels.get(arn);
    if (!channel)
        throw resourceNotFound(arn);
    return channel;
}
/** The same hosts for a channel each time, in the forms of IVS. */
function endpointsOf(world, arn) {
    const host = createHash('sha256').update(arn).digest('hex').slice(0, 12);
    const path = `api/video/v1/${world.region}.${world.accountId}.channel.${parseArn(arn)?.id}.m3u8`;
    return {
        ingestEndpoint: `${host}.global-contribute.live-video.net`,
        playbackUrl: `https://${host}.${world.region}.playback.live-video.net/${path}`,
        srt: {
            endpoint: `${host}.srt.live-video.net`,
            passphrase: createHash('sha256').update(`srt ${arn}`).digest('hex'),
        },
    };
}
export const isAdvanced = (type) => type === 'ADVANCED_SD' || type === 'ADVANCED_HD';
/**
 * The empty string is outside the preset's own enum; AWS says it for the types that take no preset.
 * https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_CreateChannel.html
 */
export const defaultPreset = (type) => isAdvanced(type) ? 'HIGHER_BANDWIDTH_DELIVERY' : '';
export function newChannel(world, { arn = world.newArn('channel'), tags = {}, type = 'STANDARD', preset, ...input }) {
    return {
        arn,
        name: '',
        latencyMode: 'LOW',
        type,
        recordingConfigurationArn: '',
        ...endpointsOf(world, arn),
        authorized: false,
        tags,
        insecureIngest: false,
        preset: preset || defaultPreset(type),
        playbackRestrictionPolicyArn: '',
        containerFormat: 'TS',
        adConfigurationArn: '',
        ...input,
        multitrackInputConfiguration: {
            enabled: false,
            policy: 'ALLOW',
            maximumResolution: 'FULL_HD',
            ...input.multitrackInputConfiguration,
        },
        streamSessions: [],
        revocations: new Map(),
        order: world.nextOrder(),
    };
}
export function addChannel(world, input) {
    const channel = newChannel(world, input);
    world.channels.set(channel.arn, channel);
    return channel;
}
/** At most one filter is set: validation refuses more. */
function passes(channel, input) {
    const wanted = {
        name: input.filterByName,
        recordingConfigurationArn: input.filterByRecordingConfigurationArn,
        playbackRestrictionPolicyArn: input.filterByPlaybackRestrictionPolicyArn,
        adConfigurationArn: input.filterByAdConfigurationArn,
    };
    return Object.entries(wanted).every(([member, value]) => value === undefined || channel[member] === value);
}
export const channelOperations = {
    GetChannel({ arn }, world) {
        return { channel: requireChannel(world, arn) };
    },
    // AWS promises neither the order of the request nor an answer per duplicate: each ARN is answered once.
    BatchGetChannel({ arns }, world) {
        const wanted = [...new Set(arns)];
        return {
            channels: wanted.flatMap((arn) => world.channels.get(arn) ?? []),
            errors: wanted
                .filter((arn) => !world.channels.has(arn))
                .map((arn) => ({ arn, code: '404', message: 'channel not found' })),
        };
    },
    ListChannels(input, world) {
        const channels = [...world.channels.values()].filter((channel) => passes(channel, input));
        const page = paginate(channels, input, { operation: 'ListChannels', world, size: 100 });
        return { channels: page.items, nextToken: page.nextToken };
    },
};
