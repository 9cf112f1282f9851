import { awsInput, awsObject } from '../language/aws-types.js';
export const PostRollConfiguration = awsObject('PostRollConfiguration', 'Ad break after the end of a stream.', {
    enabled: ['Boolean', 'Whether it is enabled.'],
    durationSeconds: ['Int', 'Duration. Unit: seconds, 1 to 300.'],
});
export const PostRollConfigurationInput = awsInput('PostRollConfigurationInput', 'Ad break after the end of a stream.', {
    enabled: ['Boolean', { required: true, description: 'Whether it is enabled.' }],
    durationSeconds: ['Int', { required: true, description: 'Duration. Unit: seconds, 1 to 300.' }],
});
