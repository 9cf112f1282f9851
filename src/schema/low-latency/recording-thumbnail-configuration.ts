// The thumbnails that a recording configuration takes.
import type { ThumbnailConfiguration as AwsThumbnails } from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';
import { RenditionResolution, ThumbnailRecordingMode, ThumbnailStorage } from './recording-enums.ts';

export const RecordingThumbnailConfiguration = awsObject<AwsThumbnails>(
  'RecordingThumbnailConfiguration',
  'Thumbnails taken of a recorded stream.',
  {
    recordingMode: [ThumbnailRecordingMode, 'When they are taken.'],
    targetIntervalSeconds: [
      'Int',
      'Seconds between two thumbnails, 1 to 60. BASIC channels, and those with multitrack input, get none between key frames.',
    ],
    resolution: [
      RenditionResolution,
      'Their quality, where the stream has it; null for that of the picture as it was sent.',
    ],
    storage: [[ThumbnailStorage], 'How they are kept; both ways are possible at once.'],
  },
);

export const RecordingThumbnailConfigurationInput = awsInput<AwsThumbnails>(
  'RecordingThumbnailConfigurationInput',
  'Thumbnails to take of a recorded stream.',
  {
    recordingMode: [ThumbnailRecordingMode, 'When to take them. AWS’s default: INTERVAL.'],
    targetIntervalSeconds: ['Int', 'Seconds between two thumbnails, 1 to 60. AWS’s default: 60.'],
    resolution: [RenditionResolution, 'Their quality. AWS’s default: that of the picture as it was sent.'],
    storage: [
      [ThumbnailStorage],
      'How to keep them; both ways are possible at once. AWS’s default: SEQUENTIAL.',
    ],
  },
);
