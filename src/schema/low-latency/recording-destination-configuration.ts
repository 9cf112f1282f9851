// Where a recording configuration puts its recordings.
import type { DestinationConfiguration, S3DestinationConfiguration } from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';

const RecordingS3DestinationConfiguration = awsObject<S3DestinationConfiguration>(
  'RecordingS3DestinationConfiguration',
  'S3 bucket of recordings.',
  {
    bucketName: ['String', 'Name of the bucket, in the region of the recording configuration.'],
  },
);

export const RecordingDestinationConfiguration = awsObject<DestinationConfiguration>(
  'RecordingDestinationConfiguration',
  'Storage of recordings.',
  {
    s3: [RecordingS3DestinationConfiguration, 'S3 bucket.'],
  },
);

const RecordingS3DestinationConfigurationInput = awsInput<S3DestinationConfiguration>(
  'RecordingS3DestinationConfigurationInput',
  'S3 bucket of recordings.',
  {
    bucketName: [
      'String',
      {
        required: true,
        description: 'Name of a bucket in the same region, 3 to 63 lower-case letters, digits, `-` and `.`.',
      },
    ],
  },
);

export const RecordingDestinationConfigurationInput = awsInput<DestinationConfiguration>(
  'RecordingDestinationConfigurationInput',
  'Storage of recordings.',
  {
    s3: [RecordingS3DestinationConfigurationInput, { required: true, description: 'S3 bucket.' }],
  },
);
