// The service that chooses the ads of an AdConfiguration.
import type { MediaTailorPlaybackConfiguration as AwsMediaTailorPlaybackConfiguration } from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';

export const MediaTailorPlaybackConfiguration = awsObject<AwsMediaTailorPlaybackConfiguration>(
  'MediaTailorPlaybackConfiguration',
  'A playback configuration of AWS Elemental MediaTailor, which decides which ads are shown.',
  {
    playbackConfigurationArn: ['ID', 'Its ARN in MediaTailor, of the same account and region.'],
  },
);

export const MediaTailorPlaybackConfigurationInput = awsInput<AwsMediaTailorPlaybackConfiguration>(
  'MediaTailorPlaybackConfigurationInput',
  'A playback configuration of AWS Elemental MediaTailor.',
  {
    playbackConfigurationArn: [
      'ID',
      {
        required: true,
        description: 'Its ARN in MediaTailor; it must be of the same account and region.',
      },
    ],
  },
);
