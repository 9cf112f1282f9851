// Where a composition sends its picture, and how that goes. Destinations are reached through their composition.
import type {
  Composition as AwsComposition,
  Destination as AwsDestination,
  DestinationDetail as AwsDetail,
  S3Detail as AwsS3Detail,
  DestinationSummary,
  DestinationState as State,
} from '@aws-sdk/client-ivs-realtime';
import type { Context } from '../../context.ts';
import { awsObject } from '../language/aws-types.ts';
import { builder } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import { enumeration } from '../language/enumeration.ts';
import { s3Uri } from '../language/s3-uri.ts';
import { durationDescription, secondsOf } from '../patterns/duration.ts';
import type { ArnKey } from '../patterns/resource.ts';
import { Composition, compositions } from './composition.ts';
import { CompositionDestinationConfiguration } from './composition-destination-configuration.ts';
import { storageConfigurations } from './storage-configuration.ts';

interface DestinationSource extends DestinationSummary {
  of: ArnKey;
}

/** The whole destination: lists of compositions have only its summary. */
async function detailOf(
  { of, id }: DestinationSource,
  context: Context,
): Promise<AwsDestination | undefined> {
  const composition = compositions.ref(of, context);
  const facts = (await compositions.factsOf(composition, 'detail', context)) as AwsComposition | null;
  return facts?.destinations?.find((destination) => destination.id === id);
}

/** The composition names the prefix, its storage configuration the bucket. */
async function recordingUriOf(destination: DestinationSource, _args: object, context: Context) {
  const { configuration, detail } = (await detailOf(destination, context)) ?? {};
  const arn = configuration?.s3?.storageConfigurationArn;
  const prefix = detail?.s3?.recordingPrefix;
  if (!arn || !prefix) return null;
  const storage = storageConfigurations.ref({ arn }, context);
  const facts = await storageConfigurations.factsOf(storage, 'summary', context);
  return s3Uri(facts?.s3?.bucketName, prefix);
}

// What it is

const CompositionDestinationState = enumeration<State>(
  'CompositionDestinationState',
  'Lifecycle state of a destination.',
  {
    STARTING: 'Starting.',
    ACTIVE: 'Receiving video.',
    STOPPING: 'Stopping.',
    RECONNECTING: 'Reconnecting after a lost connection.',
    FAILED: 'Ended with an error.',
    STOPPED: 'Ended.',
  },
);

const CompositionS3Recording = awsObject<AwsS3Detail>(
  'CompositionS3Recording',
  'Location of a recording in its bucket.',
  {
    recordingPrefix: ['String', 'Prefix of the keys of all files.'],
  },
);

const CompositionDestinationDetail = awsObject<AwsDetail>(
  'CompositionDestinationDetail',
  'Details of a destination.',
  {
    s3: [CompositionS3Recording, 'Location of the recording. Null for a channel.'],
  },
);

const CompositionDestination = awsObject<DestinationSource>(
  'CompositionDestination',
  'A destination of a composition, with its state.',
  {
    state: [CompositionDestinationState, 'Lifecycle state.'],
    startTime: ['DateTime', 'Time of the first video. Null before.'],
    endTime: ['DateTime', 'Time of its end. Null before.'],
  },
  (t) => ({
    destinationId: t.id({
      nullable: false,
      description:
        'Id of the destination within its composition. AWS assigns it; `node(id)` does not take it.',
      resolve: ({ id }) => id as string,
    }),
    durationSeconds: t.int({ description: durationDescription, resolve: secondsOf }),
    recordingS3Uri: t.string({
      description: `S3 URI of the recording, as \`s3://bucket/prefix\`. Call: ${compositions.filledBy}, and ${storageConfigurations.filledBy} for the bucket. Null for a channel, and when the storage configuration is deleted.`,
      ...costs({ level: 'detail', requires: storageConfigurations.name }),
      resolve: recordingUriOf,
    }),
    configuration: t.field({
      type: CompositionDestinationConfiguration,
      description: `Settings of the destination. Call: ${compositions.filledBy}.`,
      ...costs({ level: 'detail' }),
      resolve: async (destination, _args, context) => (await detailOf(destination, context))?.configuration,
    }),
    detail: t.field({
      type: CompositionDestinationDetail,
      description: `Details of the recording. Null for a channel. Call: ${compositions.filledBy}.`,
      ...costs({ level: 'detail' }),
      resolve: async (destination, _args, context) => (await detailOf(destination, context))?.detail,
    }),
  }),
);

// Fields of its composition

builder.objectField(Composition, 'destinations', (t) =>
  t.field({
    type: [CompositionDestination],
    description: 'Destinations: a channel, S3, or one of each.',
    ...costs({ level: 'summary', maxItems: 2 }),
    resolve: async (composition, _args, context) => {
      const facts = await compositions.factsOf(composition, 'summary', context);
      return facts?.destinations?.map((destination) => ({ ...destination, of: composition }));
    },
  }),
);
