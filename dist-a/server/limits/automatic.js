// Automatic persisted queries, the protocol of Apollo's clients: the hash of a document alone first, then both if it is unknown.
import { createGraphQLError } from 'graphql-yoga';
import { quote } from '../../upstream/quote.js';
import { onStart } from '../operation.js';
import { sha256 } from './document-store.js';
/**
 * Stores a document when its operation begins: it has passed the limits and validation by then, and its hash is its own. So
 * nothing is stored that is not worth it, and nobody can store one document under the name of another.
 */
export const useAutomaticPersisted = (documents) => ({
    onParams: async ({ params, setParams }) => {
        const hash = hashIn(params);
        if (hash === undefined)
            return;
        if (params.query)
            return checkHash(hash, params.query);
        const query = await documents.get(hash);
        if (query === undefined)
            throw notFound();
        setParams({ ...params, query });
    },
    ...onStart(({ args }) => {
        const { params } = args.contextValue;
        const hash = hashIn(params);
        if (hash !== undefined && params.query)
            documents.set(hash, params.query);
    }),
});
/** The text is that of Apollo's protocol, which clients compare; and so is the status, since some read nothing but a 200. */
export const persistedQueryNotSupported = () => createGraphQLError('PersistedQueryNotSupported', {
    extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http: { status: 200 } },
});
const notFound = () => createGraphQLError('PersistedQueryNotFound', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 200 } },
});
function hashIn({ extensions }) {
    const persisted = extensions?.persistedQuery;
    if (typeof persisted !== 'object' || persisted === null)
        return undefined;
    const { version, sha256Hash } = persisted;
    if (version !== 1)
        throw wrong('extensions.persistedQuery.version', '1', version);
    const hash = typeof sha256Hash === 'string' ? sha256Hash.toLowerCase() : '';
    if (!HASH.test(hash))
        throw wrong('extensions.persistedQuery.sha256Hash', 'a SHA-256 in hexadecimal digits', sha256Hash);
    return hash;
}
/** Nothing else becomes a key of the store. */
const HASH = /^[0-9a-f]{64}$/;
const wrong = (name, expected, got) => createGraphQLError(`Expected \`${name}\` to be ${expected}, got: ${quote(got)}`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
});
/** Whole ones look like secrets in a message, and would be taken out. */
const shown = (hash) => `${hash.slice(0, 12)}…`;
function checkHash(got, query) {
    const expected = sha256(query);
    if (got === expected)
        return;
    throw createGraphQLError(`Expected \`extensions.persistedQuery.sha256Hash\` to be the SHA-256 of the query, ${shown(expected)}, got: ${shown(got)}`, { extensions: { code: 'PERSISTED_QUERY_MISMATCH', http: { status: 400 } } });
}
