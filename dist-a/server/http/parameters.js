// The parameters of a request, as GraphQL over HTTP says: what is unknown is ignored, and what is empty is absent.
import { createGraphQLError } from 'graphql-yoga';
const OPTIONAL = ['operationName', 'variables', 'extensions'];
/** Network layers send more than the specification names: `id` of Relay's, `documentId`, names and versions of their own. */
export const useParameters = (more = []) => ({
    onParams: ({ params, setParams }) => {
        // What is no object is refused by yoga.
        if (typeof params !== 'object' || params === null || Array.isArray(params))
            return;
        const known = ['query', ...OPTIONAL, ...more];
        const given = Object.entries(params).filter(([name]) => known.includes(name));
        const present = given.filter(([name, value]) => value !== '' || name === 'query');
        const read = Object.fromEntries(present);
        if (more.length === 0 && !read.query && !read.extensions)
            throw hasId(params) ? noIds() : noQuery(params);
        setParams(read);
    },
});
const hasId = (params) => ['documentId', 'doc_id', 'id'].some((name) => name in params);
const noIds = () => createGraphQLError('Expected a query, got an id in its place: this gateway was started without PERSISTED_OPERATIONS.', { extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http: { status: 400 } } });
/** Yoga answers 200, as the specification lets it for `application/json`; monitors and people read a 400. */
const noQuery = (params) => {
    const got = Object.keys(params).slice(0, 5).join(', ').slice(0, 100) || 'an empty object';
    return createGraphQLError(`Expected the parameter \`query\`, got: ${got}`, {
        extensions: { code: 'BAD_REQUEST', http: { status: 400 } },
    });
};
