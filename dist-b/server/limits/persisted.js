// Only operations that are known beforehand: those that a frontend's build wrote into a manifest.
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { createGraphQLError } from 'graphql-yoga';
import { persistedQueryNotSupported } from './automatic.js';
/** An id may say how it was made. */
export const plain = (id) => id.replace(/^sha256:/, '');
/** Parameters beside those of GraphQL over HTTP, as network layers name the id: that of the specification's draft, then Relay's. */
export const persistedParams = ['documentId', 'doc_id', 'id'];
export const usePersistedOnly = (operations) => usePersistedOperations({
    getPersistedOperation: (id) => operations.get(plain(id)) ?? null,
    extractPersistedOperationId: idOf,
    customErrors: {
        persistedQueryOnly: ({ params, request }) => hashIn(params)
            ? persistedQueryNotSupported()
            : idOf(params, request)
                ? refusal('CANNOT_SEND_PQ_ID_AND_BODY', 'Expected the id of a persisted operation alone, got a query beside it')
                : needsId(),
        keyNotFound: needsId,
        // A client that would register the document must learn that it cannot; it then sends the document, which is refused by name.
        notFound: ({ params, request }) => hashIn(params)
            ? persistedQueryNotSupported()
            : refusal('PERSISTED_QUERY_NOT_IN_LIST', `No persisted operation has the id ${JSON.stringify(idOf(params, request)?.slice(0, 100))}. ${WHICH_MANIFEST}`),
    },
});
/** As Apollo's clients and urql send it, or by name, in the URL of a GET too, which yoga does not read. */
function idOf(params, request) {
    const inUrl = request.method === 'GET' ? new URL(request.url).searchParams : new URLSearchParams();
    const named = persistedParams.flatMap((name) => [
        params[name],
        inUrl.get(name),
    ]);
    return [hashIn(params), ...named].find((id) => typeof id === 'string') ?? null;
}
function hashIn({ extensions }) {
    const hash = extensions?.persistedQuery?.sha256Hash;
    return typeof hash === 'string' ? hash : undefined;
}
const WHICH_MANIFEST = 'Was the gateway given the manifest of this build?';
const needsId = () => refusal('PERSISTED_QUERY_ID_REQUIRED', `Expected the id of a persisted operation, as \`documentId\` or \`extensions.persistedQuery.sha256Hash\`: this gateway takes no others. ${WHICH_MANIFEST}`);
const refusal = (code, message) => createGraphQLError(message, { extensions: { code, http: { status: 400 } } });
