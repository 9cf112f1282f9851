import { awsInput, awsObject } from '../language/aws-types.js';
const RecordingS3DestinationConfiguration = awsObject('RecordingS3DestinationConfiguration', 'S3 bucket of recordings.', {
    bucketName: ['String', 'Name of the bucket, in the region of the recording configuration.'],
});
export const RecordingDestinationConfiguration = awsObject('RecordingDestinationConfiguration', 'Storage of recordings.', {
    s3: [RecordingS3DestinationConfiguration, 'S3 bucket.'],
});
const RecordingS3DestinationConfigurationInput = awsInput('RecordingS3DestinationConfigurationInput', 'S3 bucket of recordings.', {
    bucketName: [
        'String',
        {
            required: true,
            description: 'Name of a bucket in the same region, 3 to 63 lower-case letters, digits, `-` and `.`.',
        },
    ],
});
export const RecordingDestinationConfigurationInput = awsInput('RecordingDestinationConfigurationInput', 'Storage of recordings.', {
    s3: [RecordingS3DestinationConfigurationInput, { required: true, description: 'S3 bucket.' }],
});
