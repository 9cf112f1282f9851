import { awsInput, awsObject } from '../language/aws-types.js';
import { RenditionResolution, ThumbnailRecordingMode, ThumbnailStorage } from './recording-enums.js';
export const RecordingThumbnailConfiguration = awsObject('RecordingThumbnailConfiguration', 'Thumbnail settings of a recorded stream.', {
    recordingMode: [ThumbnailRecordingMode, 'Thumbnail mode.'],
    targetIntervalSeconds: [
        'Int',
        'Interval between thumbnails. Unit: seconds, 1 to 60. BASIC channels and multitrack input have none between key frames.',
    ],
    resolution: [
        RenditionResolution,
        'Resolution, where the stream has it. Null stands for the original resolution.',
    ],
    storage: [[ThumbnailStorage], 'Storage of the thumbnails. Both values are possible together.'],
});
export const RecordingThumbnailConfigurationInput = awsInput('RecordingThumbnailConfigurationInput', 'Thumbnail settings of a recorded stream.', {
    recordingMode: [ThumbnailRecordingMode, 'Thumbnail mode. AWS’s default: INTERVAL.'],
    targetIntervalSeconds: ['Int', 'Interval between thumbnails. Unit: seconds, 1 to 60. AWS’s default: 60.'],
    resolution: [RenditionResolution, 'Resolution. AWS’s default: the original resolution.'],
    storage: [
        [ThumbnailStorage],
        'Storage of the thumbnails. Both values are possible together. AWS’s default: SEQUENTIAL.',
    ],
});
