import { createHash } from 'node:crypto';
import type { AutoParticipantRecordingConfiguration } from '@aws-sdk/client-ivs-realtime';
import { type AwsError, conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.ts';
import type { Operations, Valid } from '../model/operation.ts';
import { paginate } from '../persistent/paging.ts';
import { SortedMap } from '../persistent/sorted-map.ts';
import { Table } from '../persistent/table.ts';
import type { Stage, World } from '../world/world.ts';
import { failWithStage } from './compositing.ts';
import { detach } from './ingest-configuration.ts';
import { isRecording } from './participant-recording.ts';
import { checkAttributes, createToken } from './participant-token.ts';
import { leave } from './presence.ts';
import { stopReplications } from './replication.ts';
import { NO_SESSION, publishers } from './stage-session.ts';

const STAGES_PER_REGION = 1000; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html

/** The stage of an ARN; ResourceNotFoundException where there is none. */
export function requireStage(world: World, arn: string): Stage {
  const stage = world.stages.get(arn);
  if (!stage) throw resourceNotFound(arn);
  return stage;
}

type RecordingInput = Valid<AutoParticipantRecordingConfiguration>;

const recordingDefaults = {
  storageConfigurationArn: '',
  mediaTypes: ['AUDIO_VIDEO'],
  thumbnailConfiguration: { targetIntervalSeconds: 60, storage: ['SEQUENTIAL'], recordingMode: 'DISABLED' },
  recordingReconnectWindowSeconds: 0,
  hlsConfiguration: { targetSegmentDurationSeconds: 6 },
  recordParticipantReplicas: true,
} satisfies AutoParticipantRecordingConfiguration;

/** An empty storage configuration turns recording off and every other member back to its default. */
function recordingOf(input: RecordingInput | undefined): AutoParticipantRecordingConfiguration {
  if (!input?.storageConfigurationArn) return recordingDefaults;
  return {
    ...recordingDefaults,
    ...input,
    thumbnailConfiguration: { ...recordingDefaults.thumbnailConfiguration, ...input.thumbnailConfiguration },
    hlsConfiguration: { ...recordingDefaults.hlsConfiguration, ...input.hlsConfiguration },
  };
}

/** The same host for a stage each time: clients may keep it for days. */
function endpointsOf(arn: string) {
  const host = createHash('sha256').update(arn).digest('hex').slice(0, 12);
  return {
    events: 'wss://global.events.live-video.net',
    whip: `https://${host}.global-bm.whip.live-video.net`,
    rtmp: `rtmp://${host}.global-contribute.live-video.net/app/`,
    rtmps: `rtmps://${host}.global-contribute.live-video.net:443/app/`,
  };
}

export interface NewStage {
  arn?: string;
  name?: string | undefined;
  tags?: Record<string, string> | undefined;
  autoParticipantRecordingConfiguration?: RecordingInput | undefined;
}

export function addStage(world: World, input: NewStage): Stage {
  const { arn = world.newArn('stage'), name = '', tags = {}, autoParticipantRecordingConfiguration } = input;
  const stage: Stage = {
    arn,
    name,
    tags,
    activeSessionId: NO_SESSION,
    autoParticipantRecordingConfiguration: recordingOf(autoParticipantRecordingConfiguration),
    endpoints: endpointsOf(arn),
    order: world.nextOrder(),
    sessions: new Table(),
    invited: new SortedMap(),
    banned: new SortedMap(),
  };
  world.stages.set(arn, stage);
  return stage;
}

function requireStorage(
  world: World,
  recording: RecordingInput | undefined,
  missing: (what: string) => AwsError,
) {
  const arn = recording?.storageConfigurationArn;
  if (arn && !world.storageConfigurations.has(arn)) throw missing(arn);
}

export const stageOperations = {
  CreateStage(input, world) {
    if (world.stages.size >= STAGES_PER_REGION) {
      throw quotaExceeded(`A region may have at most ${STAGES_PER_REGION} stages`);
    }
    requireStorage(world, input.autoParticipantRecordingConfiguration, (arn) =>
      // CreateStage declares no ResourceNotFoundException
      validationFailed(
        `autoParticipantRecordingConfiguration.storageConfigurationArn: ${arn} does not exist`,
      ),
    );
    const configurations = input.participantTokenConfigurations ?? [];
    for (const { attributes } of configurations) checkAttributes(attributes);
    const stage = addStage(world, input);
    const participantTokens = configurations.map((configuration) => createToken(world, stage, configuration));
    return { stage, participantTokens };
  },

  GetStage({ arn }, world) {
    return { stage: requireStage(world, arn) };
  },

  ListStages(input, world) {
    const page = paginate(world.stages, input, { operation: 'ListStages', world, size: 50 });
    return { stages: page.items, nextToken: page.nextToken };
  },

  UpdateStage({ arn, name, autoParticipantRecordingConfiguration: recording }, world) {
    const stage = requireStage(world, arn);
    requireStorage(world, recording, resourceNotFound);
    if (recording && publishers(stage).some(isRecording)) {
      throw conflict('autoParticipantRecordingConfiguration cannot change while a participant is recorded');
    }
    if (name !== undefined) stage.name = name;
    if (recording) stage.autoParticipantRecordingConfiguration = recordingOf(recording);
    return { stage };
  },

  DeleteStage({ arn }, world) {
    const stage = requireStage(world, arn);
    stopReplications(world, stage);
    // Only the publishers' leaving is seen elsewhere: the events of the others go with the stage
    for (const { participantId } of publishers(stage)) leave(world, stage, participantId);
    failWithStage(world, stage);
    detach(world, ({ stageArn }) => stageArn === arn);
    world.stages.delete(arn);
    return {};
  },
} satisfies Partial<Operations>;
