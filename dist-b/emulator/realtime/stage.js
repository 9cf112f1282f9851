import { createHash } from 'node:crypto';
import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.js';
import { paginate } from '../paging.js';
import { detach } from './ingest-configuration.js';
import { isRecording } from './participant-recording.js';
import { checkAttributes, createToken } from './participant-token.js';
import { leave } from './presence.js';
import { stopReplications } from './replication.js';
import { connected, NO_SESSION } from './stage-session.js';
const STAGES_PER_REGION = 1000; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
/** The stage of an ARN; ResourceNotFoundException where there is none. */
export function requireStage(world, arn) {
    const stage = world.stages.get(arn);
    if (!stage)
        throw resourceNotFound(arn);
    return stage;
}
const recordingDefaults = {
    storageConfigurationArn: '',
    mediaTypes: ['AUDIO_VIDEO'],
    thumbnailConfiguration: { targetIntervalSeconds: 60, storage: ['SEQUENTIAL'], recordingMode: 'DISABLED' },
    recordingReconnectWindowSeconds: 0,
    hlsConfiguration: { targetSegmentDurationSeconds: 6 },
    recordParticipantReplicas: true,
};
/** An empty storage configuration turns recording off and every other member back to its default. */
function recordingOf(input) {
    if (!input?.storageConfigurationArn)
        return recordingDefaults;
    return {
        ...recordingDefaults,
        ...input,
        thumbnailConfiguration: { ...recordingDefaults.thumbnailConfiguration, ...input.thumbnailConfiguration },
        hlsConfiguration: { ...recordingDefaults.hlsConfiguration, ...input.hlsConfiguration },
    };
}
/** The same host for a stage each time: clients may keep it for days. */
function endpointsOf(arn) {
    const host = createHash('sha256').update(arn).digest('hex').slice(0, 12);
    return {
        events: 'wss://global.events.live-video.net',
        whip: `https://${host}.global-bm.whip.live-video.net`,
        rtmp: `rtmp://${host}.global-contribute.live-video.net/app/`,
        rtmps: `rtmps://${host}.global-contribute.live-video.net:443/app/`,
    };
}
export function addStage(world, input) {
    const { arn = world.newArn('stage'), name = '', tags = {}, autoParticipantRecordingConfiguration } = input;
    const stage = {
        arn,
        name,
        tags,
        activeSessionId: NO_SESSION,
        autoParticipantRecordingConfiguration: recordingOf(autoParticipantRecordingConfiguration),
        endpoints: endpointsOf(arn),
        order: world.nextOrder(),
        sessions: new Map(),
        invited: new Set(),
        banned: new Set(),
    };
    world.stages.set(arn, stage);
    return stage;
}
function requireStorage(world, recording, missing) {
    const arn = recording?.storageConfigurationArn;
    if (arn && !world.storageConfigurations.has(arn))
        throw missing(arn);
}
export const stageOperations = {
    CreateStage(input, world) {
        if (world.stages.size >= STAGES_PER_REGION) {
            throw quotaExceeded(`A region may have at most ${STAGES_PER_REGION} stages`);
        }
        requireStorage(world, input.autoParticipantRecordingConfiguration, (arn) => 
        // CreateStage declares no ResourceNotFoundException
        validationFailed(`autoParticipantRecordingConfiguration.storageConfigurationArn: ${arn} does not exist`));
        const configurations = input.participantTokenConfigurations ?? [];
        for (const { attributes } of configurations)
            checkAttributes(attributes);
        const stage = addStage(world, input);
        const participantTokens = configurations.map((configuration) => createToken(world, stage, configuration));
        return { stage, participantTokens };
    },
    GetStage({ arn }, world) {
        return { stage: requireStage(world, arn) };
    },
    ListStages(input, world) {
        const page = paginate([...world.stages.values()], input, { operation: 'ListStages', world, size: 50 });
        return { stages: page.items, nextToken: page.nextToken };
    },
    UpdateStage({ arn, name, autoParticipantRecordingConfiguration: recording }, world) {
        const stage = requireStage(world, arn);
        requireStorage(world, recording, resourceNotFound);
        if (recording && connected(stage).some(isRecording)) {
            throw conflict('autoParticipantRecordingConfiguration cannot change while a participant is recorded');
        }
        if (name !== undefined)
            stage.name = name;
        if (recording)
            stage.autoParticipantRecordingConfiguration = recordingOf(recording);
        return { stage };
    },
    DeleteStage({ arn }, world) {
        const stage = requireStage(world, arn);
        stopReplications(world, stage);
        for (const { participantId } of connected(stage))
            leave(world, stage, participantId);
        detach(world, ({ stageArn }) => stageArn === arn);
        world.stages.delete(arn);
        return {};
    },
};
