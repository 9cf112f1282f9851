// Errors of the items of a list, located as graphql-js would, without the work that it does for each: a stack, and a search
// for the line in the document. A list that names its items may have thousands that fail.
import { GraphQLError, type GraphQLResolveInfo } from 'graphql';

type Path = GraphQLResolveInfo['path'];

const segmentsOf = (path: Path | undefined): (string | number)[] =>
  path ? [...segmentsOf(path.prev), path.key] : [];

/** Turns the failure of an item into the error to put in its place. */
export function itemErrors(info: GraphQLResolveInfo): (error: Error, index: number) => GraphQLError {
  const path = segmentsOf(info.path);
  let locations: GraphQLError['locations'];
  return (error, index) => {
    locations ??= new GraphQLError('', { nodes: info.fieldNodes }).locations;
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    // graphql-js passes on an error that has a path as it is.
    const located = new GraphQLError(error.message, { path: [...path, index], originalError: error });
    Error.stackTraceLimit = stackTraceLimit;
    return Object.assign(located, { locations });
  };
}
