// How a stage records each of its publishers by itself; part of a Stage.
import type {
  AutoParticipantRecordingConfiguration as AwsRecording,
  ParticipantThumbnailConfiguration as AwsThumbnails,
  ParticipantRecordingMediaType as MediaType,
  ThumbnailRecordingMode as RecordingMode,
  ThumbnailStorageType as StorageType,
} from '@aws-sdk/client-ivs-realtime';
import { builder } from '../language/builder.ts';
import { enumeration } from '../language/enumeration.ts';

const ParticipantRecordingMediaType = enumeration<MediaType>(
  'ParticipantRecordingMediaType',
  'Which media of a participant are recorded.',
  {
    AUDIO_VIDEO: 'Sound and picture.',
    AUDIO_ONLY: 'Sound alone.',
    NONE: 'Neither sound nor picture; thumbnails may still be taken.',
  },
);

const ThumbnailRecordingMode = enumeration<RecordingMode>(
  'ThumbnailRecordingMode',
  'When thumbnails are taken.',
  {
    INTERVAL: 'Regularly, every `targetIntervalSeconds`.',
    DISABLED: 'Never.',
  },
);

export const ThumbnailStorageType = enumeration<StorageType>(
  'ThumbnailStorageType',
  'How thumbnails are kept.',
  {
    SEQUENTIAL: 'Each under its own serial number.',
    LATEST: 'Only the newest, overwritten each time.',
  },
);

const ParticipantThumbnailConfiguration = builder
  .objectRef<AwsThumbnails>('ParticipantThumbnailConfiguration')
  .implement({
    description: 'Thumbnails taken of a recorded participant.',
    fields: (t) => ({
      targetIntervalSeconds: t.exposeInt('targetIntervalSeconds', {
        description: 'Seconds between two thumbnails, 1 to 86400.',
      }),
      storage: t.expose('storage', {
        type: [ThumbnailStorageType],
        description: 'How the thumbnails are kept.',
      }),
      recordingMode: t.expose('recordingMode', {
        type: ThumbnailRecordingMode,
        description: 'When they are taken.',
      }),
    }),
  });

const ParticipantRecordingHlsConfiguration = builder
  .objectRef<NonNullable<AwsRecording['hlsConfiguration']>>('ParticipantRecordingHlsConfiguration')
  .implement({
    description: 'The shape of the recorded HLS files.',
    fields: (t) => ({
      targetSegmentDurationSeconds: t.exposeInt('targetSegmentDurationSeconds', {
        description: 'Seconds that a segment should last, 2 to 10.',
      }),
    }),
  });

export const AutoParticipantRecordingConfiguration = builder
  .objectRef<AwsRecording>('AutoParticipantRecordingConfiguration')
  .implement({
    description: 'How a stage records each of its publishers by itself.',
    fields: (t) => ({
      storageConfigurationArn: t.exposeID('storageConfigurationArn', {
        description: 'Where the recordings go; null when the stage records nothing.',
      }),
      mediaTypes: t.expose('mediaTypes', {
        type: [ParticipantRecordingMediaType],
        description: 'What is recorded; at most one value.',
      }),
      thumbnailConfiguration: t.expose('thumbnailConfiguration', {
        type: ParticipantThumbnailConfiguration,
        description: 'Thumbnails beside the recording.',
      }),
      recordingReconnectWindowSeconds: t.exposeInt('recordingReconnectWindowSeconds', {
        description: 'How long, 0 to 300 seconds, a publisher who comes back continues the same recording.',
      }),
      hlsConfiguration: t.expose('hlsConfiguration', {
        type: ParticipantRecordingHlsConfiguration,
        description: 'The shape of the recorded HLS files.',
      }),
      recordParticipantReplicas: t.exposeBoolean('recordParticipantReplicas', {
        description: 'Whether participants replicated from other stages are recorded too.',
      }),
    }),
  });

const ParticipantThumbnailConfigurationInput = builder.inputType('ParticipantThumbnailConfigurationInput', {
  description: 'Thumbnails to take of a recorded participant.',
  fields: (t) => ({
    targetIntervalSeconds: t.int({
      description: 'Seconds between two thumbnails, 1 to 86400. AWS’s default: 60.',
    }),
    storage: t.field({
      type: [ThumbnailStorageType],
      description: 'How to keep them. AWS’s default: SEQUENTIAL.',
    }),
    recordingMode: t.field({
      type: ThumbnailRecordingMode,
      description: 'When to take them. AWS’s default: DISABLED.',
    }),
  }),
});

const ParticipantRecordingHlsConfigurationInput = builder.inputType(
  'ParticipantRecordingHlsConfigurationInput',
  {
    description: 'The shape of the recorded HLS files.',
    fields: (t) => ({
      targetSegmentDurationSeconds: t.int({
        description: 'Seconds a segment should last, 2 to 10. AWS’s default: 6.',
      }),
    }),
  },
);

export const AutoParticipantRecordingConfigurationInput = builder.inputType(
  'AutoParticipantRecordingConfigurationInput',
  {
    description: 'How a stage shall record each of its publishers by itself.',
    fields: (t) => ({
      storageConfigurationArn: t.id({
        required: true,
        description:
          'Where the recordings go. The empty string turns recording off and resets the other members.',
      }),
      mediaTypes: t.field({
        type: [ParticipantRecordingMediaType],
        description: 'What to record, at most one value. AWS’s default: AUDIO_VIDEO.',
      }),
      thumbnailConfiguration: t.field({
        type: ParticipantThumbnailConfigurationInput,
        description: 'Thumbnails to take.',
      }),
      recordingReconnectWindowSeconds: t.int({
        description: 'How long, 0 to 300 seconds, a publisher who comes back continues the same recording.',
      }),
      hlsConfiguration: t.field({
        type: ParticipantRecordingHlsConfigurationInput,
        description: 'The shape of the recorded HLS files.',
      }),
      recordParticipantReplicas: t.boolean({
        description:
          'Whether participants replicated from other stages are recorded too. AWS’s default: true.',
      }),
    }),
  },
);
