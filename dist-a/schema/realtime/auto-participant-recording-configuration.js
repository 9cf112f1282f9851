import { awsInput, awsObject } from '../language/aws-types.js';
import { clearedBy } from '../language/clearing.js';
import { enumeration } from '../language/enumeration.js';
import { ThumbnailRecordingMode, ThumbnailStorage } from '../low-latency/recording-enums.js';
const ParticipantRecordingMediaType = enumeration('ParticipantRecordingMediaType', 'Recorded media of a participant.', {
    AUDIO_VIDEO: 'Audio and video.',
    AUDIO_ONLY: 'Audio only.',
    NONE: 'Neither audio nor video. Thumbnails are still possible.',
});
const ParticipantThumbnailConfiguration = awsObject('ParticipantThumbnailConfiguration', 'Thumbnail settings of a recorded participant.', {
    targetIntervalSeconds: ['Int', 'Interval between thumbnails. Unit: seconds, 1 to 86400.'],
    storage: [[ThumbnailStorage], 'Storage of the thumbnails.'],
    recordingMode: [ThumbnailRecordingMode, 'Thumbnail mode.'],
});
const ParticipantRecordingHlsConfiguration = awsObject('ParticipantRecordingHlsConfiguration', 'HLS settings of the recording.', {
    targetSegmentDurationSeconds: ['Int', 'Target duration of a segment. Unit: seconds, 2 to 10.'],
});
export const AutoParticipantRecordingConfiguration = awsObject('AutoParticipantRecordingConfiguration', 'Automatic recording of each publisher of a stage.', {
    storageConfigurationArn: ['ID', 'Storage of the recordings. Null when the stage records nothing.'],
    mediaTypes: [[ParticipantRecordingMediaType], 'Recorded media. Limit: one value.'],
    thumbnailConfiguration: [ParticipantThumbnailConfiguration, 'Thumbnail settings of the recording.'],
    recordingReconnectWindowSeconds: [
        'Int',
        'Time in which a returning publisher continues the same recording. Unit: seconds, 0 to 300.',
    ],
    hlsConfiguration: [ParticipantRecordingHlsConfiguration, 'HLS settings of the recording.'],
    recordParticipantReplicas: [
        'Boolean',
        'Whether participants replicated from other stages are recorded too.',
    ],
});
const ParticipantThumbnailConfigurationInput = awsInput('ParticipantThumbnailConfigurationInput', 'Thumbnail settings of a recorded participant.', {
    targetIntervalSeconds: [
        'Int',
        'Interval between thumbnails. Unit: seconds, 1 to 86400. AWS’s default: 60.',
    ],
    storage: [[ThumbnailStorage], 'Storage of the thumbnails. AWS’s default: SEQUENTIAL.'],
    recordingMode: [
        ThumbnailRecordingMode,
        { required: true, description: 'When to take them; AWS takes none by default.' },
    ],
});
const ParticipantRecordingHlsConfigurationInput = awsInput('ParticipantRecordingHlsConfigurationInput', 'HLS settings of the recording.', {
    targetSegmentDurationSeconds: ['Int', 'Seconds a segment should last, 2 to 10. AWS’s default: 6.'],
});
export const AutoParticipantRecordingConfigurationInput = awsInput('AutoParticipantRecordingConfigurationInput', 'Automatic recording of each publisher of a stage.', {
    storageConfigurationArn: [
        'ID',
        {
            required: true,
            description: 'ARN of the storage configuration for the recordings. To turn recording off, set the whole member to null in an update.',
        },
    ],
    mediaTypes: [
        [ParticipantRecordingMediaType],
        'Media to record. Limit: one value. AWS’s default: AUDIO_VIDEO.',
    ],
    thumbnailConfiguration: [
        ParticipantThumbnailConfigurationInput,
        {
            description: 'Thumbnail settings. In an update, null turns thumbnails off.',
            ...clearedBy({ recordingMode: 'DISABLED' }),
        },
    ],
    recordingReconnectWindowSeconds: [
        'Int',
        'Time in which a returning publisher continues the same recording. Unit: seconds, 0 to 300.',
    ],
    hlsConfiguration: [ParticipantRecordingHlsConfigurationInput, 'HLS settings of the recording.'],
    recordParticipantReplicas: [
        'Boolean',
        'Whether participants replicated from other stages are recorded too. AWS’s default: true.',
    ],
});
