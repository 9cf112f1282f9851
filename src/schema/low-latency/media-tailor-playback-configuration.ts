// The service that chooses the ads of an AdConfiguration.
import type { MediaTailorPlaybackConfiguration as AwsMediaTailorPlaybackConfiguration } from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';

export const MediaTailorPlaybackConfiguration = awsObject<AwsMediaTailorPlaybackConfiguration>(
  'MediaTailorPlaybackConfiguration',
  'A playback configuration of AWS Elemental MediaTailor, which selects the ads.',
  {
    playbackConfigurationArn: ['ID', 'ARN in MediaTailor, in the same account and region.'],
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
        description: 'ARN in MediaTailor. It must be in the same account and region.',
      },
    ],
  },
);
