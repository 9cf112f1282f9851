// The service that chooses the ads of an AdConfiguration.
import type { MediaTailorPlaybackConfiguration as AwsMediaTailorPlaybackConfiguration } from '@aws-sdk/client-ivs';
import { builder } from '../language/builder.ts';

export const MediaTailorPlaybackConfiguration = builder
  .objectRef<AwsMediaTailorPlaybackConfiguration>('MediaTailorPlaybackConfiguration')
  .implement({
    description: 'A playback configuration of AWS Elemental MediaTailor, which decides which ads are shown.',
    fields: (t) => ({
      playbackConfigurationArn: t.exposeID('playbackConfigurationArn', {
        description: 'Its ARN in MediaTailor, of the same account and region.',
      }),
    }),
  });

export const MediaTailorPlaybackConfigurationInput = builder.inputType(
  'MediaTailorPlaybackConfigurationInput',
  {
    description: 'A playback configuration of AWS Elemental MediaTailor.',
    fields: (t) => ({
      playbackConfigurationArn: t.id({
        description: 'Its ARN in MediaTailor; it must be of the same account and region.',
      }),
    }),
  },
);
