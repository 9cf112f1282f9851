// How a stage records each of its publishers by itself; part of a Stage.
import type {
  AutoParticipantRecordingConfiguration as AwsRecording,
  ParticipantThumbnailConfiguration as AwsThumbnails,
  ParticipantRecordingMediaType as MediaType,
} from '@aws-sdk/client-ivs-realtime';
import { awsInput, awsObject } from '../language/aws-types.ts';
import { enumeration } from '../language/enumeration.ts';
import { ThumbnailRecordingMode, ThumbnailStorage } from '../low-latency/recording-enums.ts';

const ParticipantRecordingMediaType = enumeration<MediaType>(
  'ParticipantRecordingMediaType',
  'Which media of a participant are recorded.',
  {
    AUDIO_VIDEO: 'Sound and picture.',
    AUDIO_ONLY: 'Sound alone.',
    NONE: 'Neither sound nor picture; thumbnails may still be taken.',
  },
);

const ParticipantThumbnailConfiguration = awsObject<AwsThumbnails>(
  'ParticipantThumbnailConfiguration',
  'Thumbnails taken of a recorded participant.',
  {
    targetIntervalSeconds: ['Int', 'Seconds between two thumbnails, 1 to 86400.'],
    storage: [[ThumbnailStorage], 'How the thumbnails are kept.'],
    recordingMode: [ThumbnailRecordingMode, 'When they are taken.'],
  },
);

const ParticipantRecordingHlsConfiguration = awsObject<NonNullable<AwsRecording['hlsConfiguration']>>(
  'ParticipantRecordingHlsConfiguration',
  'The shape of the recorded HLS files.',
  {
    targetSegmentDurationSeconds: ['Int', 'Seconds that a segment should last, 2 to 10.'],
  },
);

export const AutoParticipantRecordingConfiguration = awsObject<AwsRecording>(
  'AutoParticipantRecordingConfiguration',
  'How a stage records each of its publishers by itself.',
  {
    storageConfigurationArn: ['ID', 'Where the recordings go; null when the stage records nothing.'],
    mediaTypes: [[ParticipantRecordingMediaType], 'What is recorded; at most one value.'],
    thumbnailConfiguration: [ParticipantThumbnailConfiguration, 'Thumbnails beside the recording.'],
    recordingReconnectWindowSeconds: [
      'Int',
      'How long, 0 to 300 seconds, a publisher who comes back continues the same recording.',
    ],
    hlsConfiguration: [ParticipantRecordingHlsConfiguration, 'The shape of the recorded HLS files.'],
    recordParticipantReplicas: [
      'Boolean',
      'Whether participants replicated from other stages are recorded too.',
    ],
  },
);

const ParticipantThumbnailConfigurationInput = awsInput<AwsThumbnails>(
  'ParticipantThumbnailConfigurationInput',
  'Thumbnails to take of a recorded participant.',
  {
    targetIntervalSeconds: ['Int', 'Seconds between two thumbnails, 1 to 86400. AWS’s default: 60.'],
    storage: [[ThumbnailStorage], 'How to keep them. AWS’s default: SEQUENTIAL.'],
    recordingMode: [
      ThumbnailRecordingMode,
      { required: true, description: 'When to take them; AWS takes none by default.' },
    ],
  },
);

const ParticipantRecordingHlsConfigurationInput = awsInput<NonNullable<AwsRecording['hlsConfiguration']>>(
  'ParticipantRecordingHlsConfigurationInput',
  'The shape of the recorded HLS files.',
  {
    targetSegmentDurationSeconds: ['Int', 'Seconds a segment should last, 2 to 10. AWS’s default: 6.'],
  },
);

export const AutoParticipantRecordingConfigurationInput = awsInput<AwsRecording>(
  'AutoParticipantRecordingConfigurationInput',
  'How a stage shall record each of its publishers by itself.',
  {
    storageConfigurationArn: [
      'ID',
      {
        required: true,
        description:
          'Where the recordings go. The empty string turns recording off and resets the other members.',
      },
    ],
    mediaTypes: [
      [ParticipantRecordingMediaType],
      'What to record, at most one value. AWS’s default: AUDIO_VIDEO.',
    ],
    thumbnailConfiguration: [ParticipantThumbnailConfigurationInput, 'Thumbnails to take.'],
    recordingReconnectWindowSeconds: [
      'Int',
      'How long, 0 to 300 seconds, a publisher who comes back continues the same recording.',
    ],
    hlsConfiguration: [ParticipantRecordingHlsConfigurationInput, 'The shape of the recorded HLS files.'],
    recordParticipantReplicas: [
      'Boolean',
      'Whether participants replicated from other stages are recorded too. AWS’s default: true.',
    ],
  },
);
