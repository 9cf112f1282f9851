// Whether a broadcaster may send several qualities at once; part of a Channel.
import type {
  MultitrackInputConfiguration as AwsMultitrack,
  MultitrackMaximumResolution as MaximumResolution,
  MultitrackPolicy as Policy,
} from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';
import { enumeration } from '../language/enumeration.ts';

const MultitrackPolicy = enumeration<Policy>('MultitrackPolicy', 'Policy on the number of video tracks.', {
  ALLOW: 'One track or several.',
  REQUIRE: 'Several tracks.',
});

const MultitrackMaximumResolution = enumeration<MaximumResolution>(
  'MultitrackMaximumResolution',
  'Maximum ingest resolution.',
  { SD: 'Standard definition.', HD: '720p.', FULL_HD: '1080p.' },
);

export const MultitrackInputConfiguration = awsObject<AwsMultitrack>(
  'MultitrackInputConfiguration',
  'Settings of multitrack ingest, in which the broadcaster sends the video in several resolutions.',
  {
    enabled: ['Boolean', 'Whether the channel accepts multitrack ingest.'],
    policy: [MultitrackPolicy, 'Whether broadcasters can or must send several tracks.'],
    maximumResolution: [MultitrackMaximumResolution, 'Maximum ingest resolution.'],
  },
);

export const MultitrackInputConfigurationInput = awsInput<AwsMultitrack>(
  'MultitrackInputConfigurationInput',
  'Settings of multitrack ingest, in which the broadcaster sends the video in several resolutions.',
  {
    enabled: [
      'Boolean',
      {
        required: true,
        description:
          'Whether the channel accepts multitrack ingest. When true, set also `policy` and `maximumResolution` here, and in the channel `type: STANDARD` and `containerFormat: FRAGMENTED_MP4`.',
      },
    ],
    policy: [
      MultitrackPolicy,
      'Whether broadcasters can or must send several tracks. Required when `enabled` is true.',
    ],
    maximumResolution: [
      MultitrackMaximumResolution,
      'Maximum ingest resolution. Required when `enabled` is true.',
    ],
  },
);
