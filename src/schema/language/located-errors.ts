// Errors located as graphql-js would, without the work that it does for each: a stack, and a search for the line in the
// document. A field of a list's items may fail thousands of times.
import SchemaBuilder, { BasePlugin, type SchemaTypes } from '@pothos/core';
import { GraphQLError, type GraphQLFieldResolver, type GraphQLResolveInfo } from 'graphql';
import { UpstreamError } from '../../upstream/errors.ts';

type Path = GraphQLResolveInfo['path'];

const segmentsOf = (path: Path | undefined): (string | number)[] =>
  path ? [...segmentsOf(path.prev), path.key] : [];

/** By field nodes, which graphql-js keeps as one object for all items of a list. */
const locations = new WeakMap<object, GraphQLError['locations']>();

function locationsOf({ fieldNodes }: GraphQLResolveInfo): GraphQLError['locations'] {
  if (!locations.has(fieldNodes))
    locations.set(fieldNodes, new GraphQLError('', { nodes: fieldNodes }).locations);
  return locations.get(fieldNodes);
}

/** The error of a field, or of an item of its list. graphql-js passes on an error that has a path as it is. */
function locate(error: Error, info: GraphQLResolveInfo, ...item: number[]): GraphQLError {
  const { stackTraceLimit } = Error;
  Error.stackTraceLimit = 0;
  const path = [...segmentsOf(info.path), ...item];
  const located = new GraphQLError(error.message, { path, originalError: error });
  Error.stackTraceLimit = stackTraceLimit;
  return Object.assign(located, { locations: locationsOf(info) });
}

/** Turns the failure of an item into the error to put in its place. */
export const itemErrors =
  (info: GraphQLResolveInfo) =>
  (error: Error, index: number): GraphQLError =>
    locate(error, info, index);

/** An unexpected error is left as it is, with its stack, for the log. */
const toLocated = (error: unknown, info: GraphQLResolveInfo): unknown =>
  error instanceof UpstreamError ? locate(error, info) : error;

const name = 'locatedErrors';

class LocatedErrorsPlugin<Types extends SchemaTypes> extends BasePlugin<Types> {
  override wrapResolve(
    resolve: GraphQLFieldResolver<unknown, Types['Context'], object>,
  ): GraphQLFieldResolver<unknown, Types['Context'], object> {
    return (parent, args, context, info) => {
      try {
        const value = resolve(parent, args, context, info);
        if (!(value instanceof Promise)) return value;
        return value.catch((error: unknown) => {
          throw toLocated(error, info);
        });
      } catch (error) {
        throw toLocated(error, info);
      }
    };
  }
}

declare global {
  export namespace PothosSchemaTypes {
    export interface Plugins<Types extends SchemaTypes> {
      locatedErrors: LocatedErrorsPlugin<Types>;
    }
  }
}

SchemaBuilder.registerPlugin(name, LocatedErrorsPlugin);
