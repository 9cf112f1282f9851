// Errors located as graphql-js would, without the work that it does for each: a stack, and a search for the line in the
// document. A field of a list's items may fail thousands of times.
import SchemaBuilder, { BasePlugin } from '@pothos/core';
import { GraphQLError } from 'graphql';
import { UpstreamError } from '../../upstream/errors.js';
const segmentsOf = (path) => path ? [...segmentsOf(path.prev), path.key] : [];
/** By field nodes, which graphql-js keeps as one object for all items of a list. */
const locations = new WeakMap();
function locationsOf({ fieldNodes }) {
    if (!locations.has(fieldNodes))
        locations.set(fieldNodes, new GraphQLError('', { nodes: fieldNodes }).locations);
    return locations.get(fieldNodes);
}
/** The error of a field, or of an item of its list. graphql-js passes on an error that has a path as it is. */
function locate(error, info, ...item) {
    const { stackTraceLimit } = Error;
    Error.stackTraceLimit = 0;
    const path = [...segmentsOf(info.path), ...item];
    const located = new GraphQLError(error.message, { path, originalError: error });
    Error.stackTraceLimit = stackTraceLimit;
    return Object.assign(located, { locations: locationsOf(info) });
}
/** Turns the failure of an item into the error to put in its place. */
export const itemErrors = (info) => (error, index) => locate(error, info, index);
/** An unexpected error is left as it is, with its stack, for the log. */
const toLocated = (error, info) => error instanceof UpstreamError ? locate(error, info) : error;
const name = 'locatedErrors';
class LocatedErrorsPlugin extends BasePlugin {
    wrapResolve(resolve) {
        return (parent, args, context, info) => {
            try {
                const value = resolve(parent, args, context, info);
                if (!(value instanceof Promise))
                    return value;
                return value.catch((error) => {
                    throw toLocated(error, info);
                });
            }
            catch (error) {
                throw toLocated(error, info);
            }
        };
    }
}
SchemaBuilder.registerPlugin(name, LocatedErrorsPlugin);
