// The thumbnails that a recording configuration takes.
import type {
  ThumbnailConfiguration as AwsThumbnails,
  RecordingMode as Mode,
  ThumbnailConfigurationResolution as Resolution,
  ThumbnailConfigurationStorage as Storage,
} from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';
import { enumeration } from '../language/enumeration.ts';

const RecordingMode = enumeration<Mode>('RecordingMode', 'When a recording gets thumbnails.', {
  INTERVAL: 'Regularly, every `targetIntervalSeconds`.',
  DISABLED: 'Never.',
});

const ThumbnailConfigurationResolution = enumeration<Resolution>(
  'ThumbnailConfigurationResolution',
  'The quality of the stream of which thumbnails are taken.',
  {
    SD: 'Standard definition.',
    HD: '720p.',
    FULL_HD: '1080p.',
    LOWEST_RESOLUTION: 'The smallest that the stream has.',
  },
);

const ThumbnailConfigurationStorage = enumeration<Storage>(
  'ThumbnailConfigurationStorage',
  'How thumbnails of a recording are kept.',
  { SEQUENTIAL: 'Each under its own serial number.', LATEST: 'Only the newest, overwritten each time.' },
);

export const RecordingThumbnailConfiguration = awsObject<AwsThumbnails>(
  'RecordingThumbnailConfiguration',
  'Thumbnails taken of a recorded stream.',
  {
    recordingMode: [RecordingMode, 'When they are taken.'],
    targetIntervalSeconds: [
      'Int',
      'Seconds between two thumbnails, 1 to 60. BASIC channels, and those with multitrack input, get none between key frames.',
    ],
    resolution: [
      ThumbnailConfigurationResolution,
      'Their quality, where the stream has it; null for that of the picture as it was sent.',
    ],
    storage: [[ThumbnailConfigurationStorage], 'How they are kept; both ways are possible at once.'],
  },
);

export const RecordingThumbnailConfigurationInput = awsInput<AwsThumbnails>(
  'RecordingThumbnailConfigurationInput',
  'Thumbnails to take of a recorded stream.',
  {
    recordingMode: [RecordingMode, 'When to take them. AWS’s default: INTERVAL.'],
    targetIntervalSeconds: ['Int', 'Seconds between two thumbnails, 1 to 60. AWS’s default: 60.'],
    resolution: [
      ThumbnailConfigurationResolution,
      'Their quality. AWS’s default: that of the picture as it was sent.',
    ],
    storage: [
      [ThumbnailConfigurationStorage],
      'How to keep them; both ways are possible at once. AWS’s default: SEQUENTIAL.',
    ],
  },
);
