// Things with an ARN that a region lists: `noun(arn)`, `nouns(region, first, after)`, and their deletion.
import type { ObjectRef } from '@pothos/core';
import type { Context } from '../../context.ts';
import { regionOf, type Target, targetOf } from '../../upstream/arn.ts';
import type { UpstreamError } from '../../upstream/errors.ts';
import type { AwsCommand, OperationName } from '../../upstream/operation.ts';
import { chooseTarget } from '../language/arn.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { costs, type List, listed } from '../language/costs.ts';
import {
  connectionOf,
  listConnection,
  type Page,
  type PageRequest,
  regionalConnectionArgs,
} from '../loading/connection.ts';
import type { Entity, Source } from '../loading/entity.ts';
import { defineMutation, payloadOf, write } from './mutation.ts';

interface ArnKey {
  arn: string;
}

interface Regional<Summary extends { arn?: string | undefined }, Detail extends Summary> {
  type: ObjectRef<SchemaTypes, Source<ArnKey, Summary, Detail>>;
  entity: Entity<ArnKey, Summary, Detail>;
  /** What one of them is called in a sentence. */
  called: string;
}

interface Listing<Summary> {
  /** The plural query. */
  plural: string;
  calledAll: string;
  /** AWS's operation, which lists 100 a call. */
  operation: OperationName;
  fetchPage: (target: Target, page: PageRequest, context: Context) => Promise<Page<Summary>>;
}

/** Adds the two queries of a thing that a region lists. */
export function defineRegionalQueries<Summary extends { arn?: string | undefined }, Detail extends Summary>(
  singular: string,
  {
    type,
    entity,
    called,
    plural,
    calledAll,
    operation,
    fetchPage,
  }: Regional<Summary, Detail> & Listing<Summary>,
): void {
  const list: List = { operation, pageMax: 100 };
  entity.listedBy({
    list,
    listOf: ({ arn }) => regionOf(arn),
    fetchPage: (sibling, page, context) => fetchPage(targetOf(sibling.arn), page, context),
    keyOf: ({ arn }) => ({ arn }),
  });
  const connection = connectionOf(type, entity.name, `A list of ${calledAll}.`);
  builder.queryFields((t) => ({
    [singular]: t.field({
      type,
      description: `One ${called} by its ARN.`,
      ...costs({ checksExistence: true }),
      args: { arn: t.arg.id({ required: true, description: `ARN of the ${called}.` }) },
      resolve: (_root, key, context, info) => entity.load(key, context, info) as never,
    }),
    [plural]: t.field({
      type: connection,
      ...listed(list, `The ${calledAll} of a region, in AWS’s order.`),
      args: regionalConnectionArgs,
      resolve: (_root, { region, ...args }, context) => {
        const target = chooseTarget(region, undefined, context);
        return listConnection({
          args,
          context,
          list,
          scope: [target.region],
          fetchPage: (page) => fetchPage(target, page, context),
          ...entity.listed(({ arn }) => ({ arn }), context),
        }) as never;
      },
    }),
  }));
}

interface Deletion {
  description: string;
  /** The payload's member: the thing that is gone. */
  member: string;
  errors: (typeof UpstreamError)[];
  commandOf: (key: ArnKey) => AwsCommand;
}

/** Adds the mutation that deletes a thing with an ARN. */
export function defineDeletion<Summary extends { arn?: string | undefined }, Detail extends Summary>(
  name: string,
  { type, entity, called, description, member, errors, commandOf }: Regional<Summary, Detail> & Deletion,
): void {
  defineMutation(name, {
    scope: 'ivs:write',
    description,
    payload: payloadOf(
      name,
      member,
      type,
      `The ${called} that is gone: only its \`id\` and \`arn\` can be read.`,
    ),
    errors,
    input: (t) => ({ arn: t.id({ required: true, description: `ARN of the ${called}.` }) }),
    resolve: async ({ arn }, context) => {
      entity.check({ arn });
      await write(context, targetOf(arn), commandOf({ arn }));
      return { thing: entity.deleted({ arn }, context) };
    },
  });
}
