// The parameters of a request, as GraphQL over HTTP says: what is unknown is ignored, and what is empty is absent.
import { createGraphQLError, type GraphQLParams, type Plugin } from 'graphql-yoga';

const OPTIONAL = ['operationName', 'variables', 'extensions'] as const;

/** Network layers send more than the specification names: `id` of Relay's, `documentId`, names and versions of their own. */
export const useParameters = (more: readonly string[] = []): Plugin => ({
  onParams: ({ params, setParams }) => {
    // What is no object is refused by yoga.
    if (typeof params !== 'object' || params === null || Array.isArray(params)) return;
    const known = ['query', ...OPTIONAL, ...more];
    const given = Object.entries(params).filter(([name]) => known.includes(name));
    const present = given.filter(([name, value]) => value !== '' || name === 'query');
    const read: GraphQLParams = Object.fromEntries(present);
    if (more.length === 0 && !read.query && !read.extensions) throw hasId(params) ? noIds() : noQuery(params);
    setParams(read);
  },
});

const hasId = (params: object): boolean => ['documentId', 'doc_id', 'id'].some((name) => name in params);

const noIds = () =>
  createGraphQLError(
    'Expected a query, got an id in its place: this gateway was started without PERSISTED_OPERATIONS.',
    { extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http: { status: 400 } } },
  );

/** Yoga returns 200, as the specification allows for `application/json`; monitors need a 400. */
const noQuery = (params: object) => {
  const got = Object.keys(params).slice(0, 5).join(', ').slice(0, 100) || 'an empty object';
  return createGraphQLError(`Expected the parameter \`query\`, got: ${got}`, {
    extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
  });
};
