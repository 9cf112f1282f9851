// Where a recording configuration puts its recordings.
import type { DestinationConfiguration, S3DestinationConfiguration } from '@aws-sdk/client-ivs';
import { builder } from '../language/builder.ts';

const RecordingS3DestinationConfiguration = builder
  .objectRef<S3DestinationConfiguration>('RecordingS3DestinationConfiguration')
  .implement({
    description: 'The S3 bucket of recordings.',
    fields: (t) => ({
      bucketName: t.exposeString('bucketName', {
        description: 'Name of the bucket, which is in the region of the recording configuration.',
      }),
    }),
  });

export const RecordingDestinationConfiguration = builder
  .objectRef<DestinationConfiguration>('RecordingDestinationConfiguration')
  .implement({
    description: 'Where recordings go.',
    fields: (t) => ({
      s3: t.expose('s3', {
        type: RecordingS3DestinationConfiguration,
        description: 'The S3 bucket; IVS records nowhere else.',
      }),
    }),
  });

const RecordingS3DestinationConfigurationInput = builder.inputType(
  'RecordingS3DestinationConfigurationInput',
  {
    description: 'The S3 bucket of recordings.',
    fields: (t) => ({
      bucketName: t.string({
        required: true,
        description: 'Name of a bucket in the same region, 3 to 63 lower-case letters, digits, `-` and `.`.',
      }),
    }),
  },
);

export const RecordingDestinationConfigurationInput = builder.inputType(
  'RecordingDestinationConfigurationInput',
  {
    description: 'Where recordings go.',
    fields: (t) => ({
      s3: t.field({
        type: RecordingS3DestinationConfigurationInput,
        description: 'The S3 bucket. AWS refuses an input without it: IVS records nowhere else.',
      }),
    }),
  },
);
