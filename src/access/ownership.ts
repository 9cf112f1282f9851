// Things with an ARN of their own that belong to another thing: whoever may have that may have them.
import { GetStreamKeyCommand } from '@aws-sdk/client-ivs';
import { GetCompositionCommand, GetIngestConfigurationCommand } from '@aws-sdk/client-ivs-realtime';
import type { AwsCommand } from '../upstream/operation.ts';

interface Belonging {
  /** The type in the owner's ARN. */
  owner: string;
  /** The member that names the owner. */
  member: string;
  /** What tells to whom it belongs. */
  read: (arn: string) => AwsCommand;
}

const belongings: Record<string, Belonging> = {
  composition: {
    owner: 'stage',
    member: 'stageArn',
    read: (arn) => new GetCompositionCommand({ arn }),
  },
  'ingest-configuration': {
    owner: 'stage',
    member: 'stageArn',
    read: (arn) => new GetIngestConfigurationCommand({ arn }),
  },
  'stream-key': {
    owner: 'channel',
    member: 'channelArn',
    read: (arn) => new GetStreamKeyCommand({ arn }),
  },
};

/** By the type in an ARN. */
export const belongingOf = (kind: string): Belonging | undefined =>
  Object.hasOwn(belongings, kind) ? belongings[kind] : undefined;
