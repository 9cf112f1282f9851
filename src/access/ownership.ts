// Things with an ARN of their own that belong to another thing: whoever may have that may have them.
import { GetStreamKeyCommand } from '@aws-sdk/client-ivs';
import { GetCompositionCommand, GetIngestConfigurationCommand } from '@aws-sdk/client-ivs-realtime';
import type { AwsCommand } from '../upstream/operation.ts';

interface Ownership {
  /** The type in the owner's ARN. */
  owner: string;
  /** The member that names the owner. */
  member: string;
  /** What tells to whom it belongs. */
  read: (arn: string) => AwsCommand;
}

const ownerships: Record<string, Ownership> = {
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
export const ownershipOf = (kind: string): Ownership | undefined =>
  Object.hasOwn(ownerships, kind) ? ownerships[kind] : undefined;
