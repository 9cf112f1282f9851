import { awsInput, awsObject } from '../language/aws-types.js';
export const MediaTailorPlaybackConfiguration = awsObject('MediaTailorPlaybackConfiguration', 'A playback configuration of AWS Elemental MediaTailor, which selects the ads.', {
    playbackConfigurationArn: ['ID', 'ARN in MediaTailor, in the same account and region.'],
});
export const MediaTailorPlaybackConfigurationInput = awsInput('MediaTailorPlaybackConfigurationInput', 'A playback configuration of AWS Elemental MediaTailor.', {
    playbackConfigurationArn: [
        'ID',
        {
            required: true,
            description: 'ARN in MediaTailor. It must be in the same account and region.',
        },
    ],
});
