// The recording of each publisher alone, which a stage with a storage configuration starts by itself.
import { Refused } from '../errors.ts';
import { detailTypes } from '../events/event.ts';
import { parseArn } from '../identifiers.ts';
import type { Participant, ParticipantRecording, Stage, StorageConfiguration, World } from '../world.ts';
import { type OutputError, outputErrors } from './output-error.ts';
import { UNUSABLE_BUCKET } from './storage-configuration.ts';

// Not documented: long enough to be seen, short enough not to be waited for
const STARTING_SECONDS = 1;
const STOPPING_SECONDS = 1;

export function startRecording(world: World, stage: Stage, participant: Participant): void {
  const settings = stage.autoParticipantRecordingConfiguration;
  const storage = world.storageConfigurations.get(settings?.storageConfigurationArn ?? '');
  if (!storage || settings?.mediaTypes?.includes('NONE')) return;
  if (participant.replicationType === 'REPLICA' && settings?.recordParticipantReplicas === false) return;
  const isMerged = participant.recordingState === 'STOPPING' && windowOf(stage) > 0;
  const recording = (isMerged && participant.recording) || newRecording(world, stage, participant, storage);
  recording.ending = undefined;
  pass(world, participant, 'STARTING', STARTING_SECONDS, () => activate(world, participant, recording));
}

function newRecording(
  world: World,
  stage: Stage,
  participant: Participant,
  { s3 }: StorageConfiguration,
): ParticipantRecording {
  const { participantId } = participant;
  const path = [parseArn(stage.arn)?.id, stage.activeSessionId, participantId, world.now().toISOString()];
  const recording = { bucketName: s3?.bucketName ?? '', keyPrefix: path.join('/') };
  participant.recordingS3BucketName = recording.bucketName;
  participant.recordingS3Prefix = recording.keyPrefix;
  participant.recording = recording;
  return recording;
}

function activate(world: World, participant: Participant, recording: ParticipantRecording): void {
  if (recording.bucketName === UNUSABLE_BUCKET) {
    failRecording(world, participant, 'ResourceNotFoundException');
    return;
  }
  participant.recordingState = 'ACTIVE';
  if (recording.since) return; // merged: it continues
  recording.since = world.now();
  emit(world, participant, recording, 'Recording Start');
}

/** What is sent again within the reconnect window still belongs to the same recording. */
export function stopRecording(world: World, stage: Stage, participant: Participant): void {
  const { recording } = participant;
  if (!isRecording(participant) || !recording) return;
  const seconds = Math.max(STOPPING_SECONDS, windowOf(stage));
  pass(world, participant, 'STOPPING', seconds, () => {
    participant.recordingState = 'STOPPED';
  });
  end(world, participant, recording, seconds);
}

/** Another recording may have begun before the files of this one are written. */
function end(world: World, participant: Participant, recording: ParticipantRecording, seconds: number): void {
  if (!recording.since) return;
  const duration = durationOf(world, recording);
  const ending = {};
  recording.ending = ending;
  world.after(seconds, () => {
    if (recording.ending === ending) emit(world, participant, recording, 'Recording End', duration);
  });
}

/** The newest recording of this participant on the stage. */
export function requireRecorded(stage: Stage, participantId: string): Participant {
  const sessions = [...stage.sessions.values()].reverse();
  const found = sessions.map(({ participants }) => participants.get(participantId)).find((one) => one);
  if (!found) throw new Refused(`${participantId} was never on ${stage.arn}`);
  return found;
}

/** One that has not begun fails to start; another one ends before its participant stops. */
export function failRecording(world: World, participant: Participant, error: OutputError): void {
  const { recordingState: state, recording, participantId } = participant;
  if (!recording || !(isRecording(participant) || state === 'STOPPING'))
    throw new Refused(`${participantId} is not recorded`);
  recording.ending = undefined;
  participant.recordingState = 'FAILED';
  participant.recordingTurn = world.nextOrder();
  emit(world, participant, recording, recording.since ? 'Recording End Failure' : 'Recording Start Failure', {
    ...(recording.since && durationOf(world, recording)),
    error_code: error,
    reason: outputErrors[error],
  });
}

export const isRecording = ({ recordingState }: Participant): boolean =>
  recordingState === 'STARTING' || recordingState === 'ACTIVE';

const windowOf = ({ autoParticipantRecordingConfiguration: recording }: Stage): number =>
  recording?.recordingReconnectWindowSeconds ?? 0;

const durationOf = (world: World, { since = world.now() }: ParticipantRecording) => ({
  recording_duration_ms: world.now().getTime() - since.getTime(),
});

/** From one state to another after some seconds, unless something else has happened in between. */
function pass(
  world: World,
  participant: Participant,
  state: 'STARTING' | 'STOPPING',
  seconds: number,
  then: () => void,
): void {
  const turn = world.nextOrder();
  participant.recordingState = state;
  participant.recordingTurn = turn;
  world.after(seconds, () => {
    if (participant.recordingTurn === turn) then();
  });
}

function emit(
  world: World,
  { stageArn, sessionId, participantId }: Participant,
  { bucketName, keyPrefix }: ParticipantRecording,
  name: string,
  more: object = {},
): void {
  const detail = {
    session_id: sessionId,
    event_name: name,
    participant_id: participantId,
    recording_s3_bucket_name: bucketName,
    recording_s3_key_prefix: keyPrefix,
    ...more,
  };
  world.emit({ type: detailTypes.participantRecording, resources: [stageArn], detail });
}
