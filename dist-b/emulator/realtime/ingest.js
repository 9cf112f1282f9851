// What encoders do by themselves, for which AWS has no operation: they send with a stream key, and stop.
import { Refused } from '../errors.js';
import { credentialsOf } from './ingest-configuration.js';
import { fail, join, leave, publish } from './presence.js';
import { activeSession } from './stage-session.js';
/** An ingest configuration by its ARN or by a stream key, with the participant that sends. */
export function findIngest(world, arn, streamKey) {
    for (const configuration of world.ingestConfigurations.values()) {
        if (configuration.arn === arn)
            return { configuration, participantId: configuration.participantId };
        const credential = credentialsOf(configuration).find((one) => one.streamKey === streamKey);
        if (credential)
            return { configuration, participantId: credential.participantId };
    }
    return undefined;
}
/** Its participant joins the stage and publishes. */
export function startIngest(world, configuration, participantId = configuration.participantId) {
    const { arn, userId, attributes, redundantIngest = false, ingestProtocol: protocol } = configuration;
    const stage = stageOf(world, configuration);
    if (isConnected(stage, participantId)) {
        fail(world, stage, participantId, 'REUSE_OF_STREAM_KEY', 'PUBLISH_ERROR');
        throw new Refused(`${participantId} is being sent already`);
    }
    const joined = join(world, stage, { participantId, userId, attributes, capabilities: ['PUBLISH'] }, { ingestConfigurationArn: arn, redundantIngest, protocol });
    publish(world, stage, participantId);
    const isPublishing = activeSession(stage)?.participants.get(participantId)?.publishing;
    // An encoder that is not taken is turned away
    if (!isPublishing)
        leave(world, stage, participantId);
    return joined;
}
export function stopIngest(world, configuration, participantId = configuration.participantId) {
    leave(world, stageOf(world, configuration), participantId);
}
function stageOf(world, { arn, stageArn }) {
    const stage = world.stages.get(stageArn);
    if (!stage)
        throw new Refused(`${arn} belongs to no stage`);
    return stage;
}
const isConnected = (stage, participantId) => activeSession(stage)?.participants.get(participantId)?.state === 'CONNECTED';
