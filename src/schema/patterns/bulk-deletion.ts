// Bulk deletions: as many resources of one type as are named.
import type { Context } from '../../context.ts';
import { targetOf } from '../../upstream/arn.ts';
import type { AwsCommand, OperationName } from '../../upstream/operation.ts';
import { builder } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import { inWords } from '../language/names.ts';
import { inSlices } from '../language/slices.ts';
import type { Entity } from '../loading/entity.ts';
import { problemIn } from './bulk-items.ts';
import { defineBulkMutation } from './bulk-mutation.ts';
import { write } from './mutation.ts';
import type { ArnKey } from './resource.ts';

interface Deleted extends ArnKey {
  deletedId: string;
}

const DeletedResource = builder.objectRef<Deleted>('DeletedResource').implement({
  description: 'A resource that was deleted.',
  fields: (t) => ({
    deletedId: t.exposeID('deletedId', {
      nullable: false,
      description: 'Global id that the object had. Remove it from your cache.',
    }),
    arn: t.exposeID('arn', { nullable: false, description: 'ARN that the resource had.' }),
  }),
});

interface Options<Summary extends object, Detail extends Summary> {
  entity: Entity<ArnKey, Summary, Detail>;
  operation: OperationName;
  description: string;
  commandOf: (key: ArnKey) => AwsCommand;
}

/** Adds the mutation that deletes many resources of one type. */
export function defineBulkDeletion<Summary extends object, Detail extends Summary>(
  name: string,
  { entity, operation, description, commandOf }: Options<Summary, Detail>,
): void {
  const noun = inWords(entity.name);
  const remove = async ({ arn }: ArnKey, context: Context): Promise<Deleted> => {
    await write(context, targetOf(arn), commandOf({ arn }));
    return { deletedId: entity.key.globalIdOf({ arn }), arn };
  };
  defineBulkMutation(name, {
    operation,
    scope: 'ivs:write',
    description: `${description} (${operation}, one call per ${noun}).`,
    input: (t) => ({
      arns: t.idList({
        required: true,
        description: `ARNs of the ${noun}s. Equal ARNs are sent once. AWS takes 5 calls a second and region.`,
      }),
    }),
    itemsOf: ({ arns }: { arns: string[] }): readonly ArnKey[] => arns.map((arn) => ({ arn })),
    problemOf: (key) => problemIn(() => entity.check(key)),
    arnOf: ({ arn }) => arn,
    nameOf: ({ arn }) => arn,
    participle: 'deleted',
    key: { arn: ['ID', { nullable: false, description: 'As in the input.' }] },
    sender: (context) => (key) => remove(key, context),
    payload: (t) => ({
      deleted: t.field({
        type: [DeletedResource],
        nullable: false,
        description: `The ${noun}s that were deleted, each once, in the order of the input.`,
        ...costs({ perItem: true }),
        resolve: ({ done }) => inSlices([...new Set(done)].filter((one) => one !== undefined)) as never,
      }),
    }),
  });
}
