// The recording of each publisher alone, which a stage with a storage configuration starts by itself.
import { parseArn } from '../identifiers.js';
// Not documented: long enough to be seen, short enough not to be waited for
const STARTING_SECONDS = 1;
const STOPPING_SECONDS = 1;
export function startRecording(world, stage, participant) {
    const recording = stage.autoParticipantRecordingConfiguration;
    const storage = world.storageConfigurations.get(recording?.storageConfigurationArn ?? '');
    if (!storage || recording?.mediaTypes?.includes('NONE'))
        return;
    if (participant.replicationType === 'REPLICA' && recording?.recordParticipantReplicas === false)
        return;
    const isMerged = participant.recordingState === 'STOPPING' && windowOf(stage) > 0;
    if (!isMerged) {
        participant.recordingS3BucketName = storage.s3?.bucketName ?? '';
        participant.recordingS3Prefix = [
            parseArn(stage.arn)?.id,
            stage.activeSessionId,
            participant.participantId,
            world.now().toISOString(),
        ].join('/');
    }
    pass(world, participant, ['STARTING', 'ACTIVE'], STARTING_SECONDS);
}
/** What is sent again within the reconnect window still belongs to the same recording. */
export function stopRecording(world, stage, participant) {
    if (!isRecording(participant))
        return;
    pass(world, participant, ['STOPPING', 'STOPPED'], Math.max(STOPPING_SECONDS, windowOf(stage)));
}
export const isRecording = ({ recordingState }) => recordingState === 'STARTING' || recordingState === 'ACTIVE';
const windowOf = ({ autoParticipantRecordingConfiguration: recording }) => recording?.recordingReconnectWindowSeconds ?? 0;
/** From one state to another after some seconds, unless something else has happened in between. */
function pass(world, participant, [now, then], seconds) {
    const turn = world.nextOrder();
    participant.recordingState = now;
    participant.recordingTurn = turn;
    world.after(seconds, () => {
        if (participant.recordingTurn === turn)
            participant.recordingState = then;
    });
}
