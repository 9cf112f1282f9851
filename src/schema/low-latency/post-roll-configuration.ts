// The ad break after the end of a stream; part of an AdConfiguration.
import type { PostRollConfiguration as AwsPostRollConfiguration } from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';

export const PostRollConfiguration = awsObject<AwsPostRollConfiguration>(
  'PostRollConfiguration',
  'Ad break after the end of a stream.',
  {
    enabled: ['Boolean', 'Whether it is enabled.'],
    durationSeconds: ['Int', 'Duration. Unit: seconds, 1 to 300.'],
  },
);

export const PostRollConfigurationInput = awsInput<AwsPostRollConfiguration>(
  'PostRollConfigurationInput',
  'Ad break after the end of a stream.',
  {
    enabled: ['Boolean', { required: true, description: 'Whether it is enabled.' }],
    durationSeconds: ['Int', { required: true, description: 'Duration. Unit: seconds, 1 to 300.' }],
  },
);
