import { awsInput, awsObject } from '../language/aws-types.js';
import { enumeration } from '../language/enumeration.js';
const MultitrackPolicy = enumeration('MultitrackPolicy', 'Policy on the number of video tracks.', {
    ALLOW: 'One track or several.',
    REQUIRE: 'Several tracks.',
});
const MultitrackMaximumResolution = enumeration('MultitrackMaximumResolution', 'Maximum ingest resolution.', { SD: 'Standard definition.', HD: '720p.', FULL_HD: '1080p.' });
export const MultitrackInputConfiguration = awsObject('MultitrackInputConfiguration', 'Multitrack ingest: several renditions sent by the broadcaster.', {
    enabled: ['Boolean', 'Whether multitrack ingest is allowed.'],
    policy: [MultitrackPolicy, 'Whether multitrack ingest is required.'],
    maximumResolution: [MultitrackMaximumResolution, 'Maximum ingest resolution.'],
});
export const MultitrackInputConfigurationInput = awsInput('MultitrackInputConfigurationInput', 'Multitrack ingest: several renditions sent by the broadcaster.', {
    enabled: [
        'Boolean',
        {
            required: true,
            description: 'Whether multitrack ingest is allowed. `true` requires the channel type STANDARD, the container FRAGMENTED_MP4, `policy` and `maximumResolution`.',
        },
    ],
    policy: [MultitrackPolicy, 'Whether multitrack ingest is required. Required when `enabled`.'],
    maximumResolution: [MultitrackMaximumResolution, 'Maximum ingest resolution. Required when `enabled`.'],
});
