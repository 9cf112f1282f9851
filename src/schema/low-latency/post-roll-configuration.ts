// The ad break after the end of a stream; part of an AdConfiguration.
import type { PostRollConfiguration as AwsPostRollConfiguration } from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';

export const PostRollConfiguration = awsObject<AwsPostRollConfiguration>(
  'PostRollConfiguration',
  'The ad break after the end of a stream.',
  {
    enabled: ['Boolean', 'Whether there is one.'],
    durationSeconds: ['Int', 'How long it is, 1 to 300 seconds.'],
  },
);

export const PostRollConfigurationInput = awsInput<AwsPostRollConfiguration>(
  'PostRollConfigurationInput',
  'The ad break after the end of a stream.',
  {
    enabled: ['Boolean', { required: true, description: 'Whether there shall be one.' }],
    durationSeconds: ['Int', { required: true, description: 'How long it shall be, 1 to 300 seconds.' }],
  },
);
