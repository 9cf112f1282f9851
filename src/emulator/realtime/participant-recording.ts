// The recording of each publisher alone, which a stage with a storage configuration starts by itself.
import type { ParticipantRecordingState } from '@aws-sdk/client-ivs-realtime';
import { Refused } from '../errors.ts';
import { detailTypes, toSeconds } from '../events/event.ts';
import { parseArn } from '../model/identifiers.ts';
import type {
  Participant,
  ParticipantRecording,
  Stage,
  StorageConfiguration,
  World,
} from '../world/world.ts';
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
  world.cancel(recording.ending);
  change(world, participant, 'STARTING');
  next(world, participant, STARTING_SECONDS, activate);
}

/** https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/rt-individual-participant-recording.html#ind-part-rec-recording-contents */
function newRecording(
  world: World,
  stage: Stage,
  participant: Participant,
  { s3 }: StorageConfiguration,
): ParticipantRecording {
  const { participantId } = participant;
  const time = toSeconds(world.now()).replaceAll(':', '-');
  const path = [parseArn(stage.arn)?.id, stage.activeSessionId, participantId, time];
  const recording = { bucketName: s3?.bucketName ?? '', keyPrefix: path.join('/') };
  participant.recordingS3BucketName = recording.bucketName;
  participant.recordingS3Prefix = recording.keyPrefix;
  participant.recording = recording;
  return recording;
}

function activate(world: World, stageArn: string, sessionId: string, participantId: string): void {
  const participant = participantOf(world, stageArn, sessionId, participantId);
  const recording = participant?.recording;
  if (!recording) return;
  if (recording.bucketName === UNUSABLE_BUCKET) {
    failRecording(world, participant, 'ResourceNotFoundException');
    return;
  }
  change(world, participant, 'ACTIVE');
  if (recording.since) return; // merged: it continues
  participant.recording = { ...recording, since: world.now() };
  emit(world, participant, recording, 'Recording Start');
}

function change(world: World, participant: Participant, recordingState: ParticipantRecordingState): void {
  const { stageArn, sessionId } = participant;
  world.stages.get(stageArn)?.sessions.get(sessionId)?.participants.change(participant, { recordingState });
}

/** What is sent again within the reconnect window still belongs to the same recording. */
export function stopRecording(world: World, stage: Stage, participant: Participant): void {
  const { recording } = participant;
  if (!isRecording(participant) || !recording) return;
  const seconds = Math.max(STOPPING_SECONDS, windowOf(stage));
  change(world, participant, 'STOPPING');
  next(world, participant, seconds, settle);
  end(world, participant, recording, seconds);
}

function settle(world: World, stageArn: string, sessionId: string, participantId: string): void {
  const participant = participantOf(world, stageArn, sessionId, participantId);
  if (participant) change(world, participant, 'STOPPED');
}

/** Another recording may have begun, and the stage may be gone, before the files of this one are written. */
function end(world: World, participant: Participant, recording: ParticipantRecording, seconds: number): void {
  if (!recording.since) return;
  const { stageArn, sessionId, participantId } = participant;
  const { recording_duration_ms: duration } = durationOf(world, recording);
  const { bucketName, keyPrefix } = recording;
  const keys = [stageArn, sessionId, participantId, bucketName, keyPrefix, duration] as const;
  participant.recording = { ...recording, ending: world.after(seconds, reportEnd, ...keys) };
}

function reportEnd(
  world: World,
  stageArn: string,
  sessionId: string,
  participantId: string,
  bucketName: string,
  keyPrefix: string,
  duration: number,
): void {
  const [participant, recording] = [
    { stageArn, sessionId, participantId },
    { bucketName, keyPrefix },
  ];
  emit(world, participant, recording, 'Recording End', { recording_duration_ms: duration });
}

/** The newest recording of this participant on the stage. */
export function requireRecorded(stage: Stage, participantId: string): Participant {
  for (const { participants } of stage.sessions.before()) {
    const found = participants.get(participantId);
    if (found) return found;
  }
  throw new Refused(`${participantId} was never on ${stage.arn}`);
}

/** One that has not begun fails to start; another one ends before its participant stops. */
export function failRecording(world: World, participant: Participant, error: OutputError): void {
  const { recordingState: state, recording, participantId } = participant;
  if (!recording || !(isRecording(participant) || state === 'STOPPING'))
    throw new Refused(`${participantId} is not recorded`);
  world.cancel(recording.ending);
  world.cancel(participant.recordingNext);
  change(world, participant, 'FAILED');
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

/** What happens to the recording in some seconds, unless something else happens before. */
function next(
  world: World,
  participant: Participant,
  seconds: number,
  happen: (world: World, stageArn: string, sessionId: string, participantId: string) => void,
): void {
  const { stageArn, sessionId, participantId } = participant;
  world.cancel(participant.recordingNext);
  participant.recordingNext = world.after(seconds, happen, stageArn, sessionId, participantId);
}

const participantOf = (world: World, stageArn: string, sessionId: string, participantId: string) =>
  world.stages.get(stageArn)?.sessions.get(sessionId)?.participants.get(participantId);

function emit(
  world: World,
  { stageArn, sessionId, participantId }: Pick<Participant, 'stageArn' | 'sessionId' | 'participantId'>,
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
