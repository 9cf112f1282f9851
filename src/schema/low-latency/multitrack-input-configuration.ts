// Whether a broadcaster may send several qualities at once; part of a Channel.
import type {
  MultitrackInputConfiguration as AwsMultitrack,
  MultitrackMaximumResolution as MaximumResolution,
  MultitrackPolicy as Policy,
} from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';
import { enumeration } from '../language/enumeration.ts';

const MultitrackPolicy = enumeration<Policy>(
  'MultitrackPolicy',
  'Whether the broadcaster must send several tracks.',
  {
    ALLOW: 'One track or several.',
    REQUIRE: 'Several.',
  },
);

const MultitrackMaximumResolution = enumeration<MaximumResolution>(
  'MultitrackMaximumResolution',
  'The largest picture that may be sent.',
  { SD: 'Standard definition.', HD: '720p.', FULL_HD: '1080p.' },
);

export const MultitrackInputConfiguration = awsObject<AwsMultitrack>(
  'MultitrackInputConfiguration',
  'Whether the broadcaster may send several qualities at once.',
  {
    enabled: ['Boolean', 'Whether several qualities may be sent.'],
    policy: [MultitrackPolicy, 'Whether several qualities must be sent.'],
    maximumResolution: [MultitrackMaximumResolution, 'The largest picture that may be sent.'],
  },
);

export const MultitrackInputConfigurationInput = awsInput<AwsMultitrack>(
  'MultitrackInputConfigurationInput',
  'Whether the broadcaster may send several qualities at once.',
  {
    enabled: [
      'Boolean',
      {
        required: true,
        description:
          'Whether several qualities may be sent. `true` requires the channel type STANDARD, the container FRAGMENTED_MP4, `policy` and `maximumResolution`.',
      },
    ],
    policy: [MultitrackPolicy, 'Whether several qualities must be sent. Needed when `enabled`.'],
    maximumResolution: [
      MultitrackMaximumResolution,
      'The largest picture that may be sent. Needed when `enabled`.',
    ],
  },
);
