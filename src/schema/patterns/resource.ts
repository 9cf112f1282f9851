// Resources: what has an ARN, and tags with it.
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { type AwsCommand, isOperation, type OutputOf, operationNamed } from '../../upstream/operation.ts';
import { inKebab } from '../language/names.ts';
import { loadEach } from '../loading/calls.ts';
import { defineEntity, type Entity, type EntityOptions } from '../loading/entity.ts';
import { taggable } from './tags.ts';

export interface ArnKey {
  arn: string;
}

interface ResourceOptions<Detail> extends Pick<EntityOptions<ArnKey, Detail>, 'load' | 'batchedBy'> {
  /** The GraphQL type's name, which AWS's operation `Get…` has, too. */
  name: string;
  /** The type in its ARN, which stands before the slash, where that is not the name. */
  arnType?: string;
}

/** Declares a resource: how it is loaded, and how its fields are filled. Its type implements `Taggable`. */
export function defineResource<Summary extends object, Detail extends Summary>({
  name,
  arnType = inKebab(name),
  ...options
}: ResourceOptions<Detail>): Entity<ArnKey, Summary, Detail> {
  const filledBy = `Get${name}`;
  if (!isOperation(filledBy)) throw new TypeError(`AWS has no operation of the name of ${filledBy}`);
  const entity = defineEntity<ArnKey, Summary, Detail>({
    ...options,
    name,
    key: ['arn'],
    check: ({ arn }) => checkArn(arnType, arn),
    filledBy,
  });
  taggable(arnType, operationNamed(filledBy).service, entity);
  return entity;
}

/** One call per resource: for `load`, where AWS has no batch read. */
export const loadByArn = <Command extends AwsCommand, Detail>(
  commandOf: (key: ArnKey) => Command,
  detailOf: (output: OutputOf<Command>) => Detail | undefined,
) =>
  loadEach<ArnKey, Detail>(async ({ arn }, context) =>
    detailOf(await context.send(targetOf(arn), commandOf({ arn }))),
  );
