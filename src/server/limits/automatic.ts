// Automatic persisted queries, the protocol of Apollo's clients: the hash of a document alone first, then both if it is unknown.
import { createGraphQLError, type GraphQLParams, type Plugin } from 'graphql-yoga';
import { quote } from '../../upstream/quote.ts';
import { onStart } from '../operation.ts';
import { type DocumentStore, sha256 } from './document-store.ts';

/**
 * Stores a document when its operation begins: it has passed the limits and validation by then, and its hash is its own. So
 * only valid documents are stored, and no client can store one document under the hash of another.
 */
export const useAutomaticPersisted = (documents: DocumentStore): Plugin => ({
  onParams: async ({ params, setParams }) => {
    const hash = hashIn(params);
    if (hash === undefined) return;
    if (params.query) return checkHash(hash, params.query);
    const query = await documents.get(hash);
    if (query === undefined) throw notFound();
    setParams({ ...params, query });
  },
  ...onStart(({ args }) => {
    const { params } = args.contextValue;
    const hash = hashIn(params);
    if (hash !== undefined && params.query) documents.set(hash, params.query);
  }),
});

/** The text is that of Apollo's protocol, which clients compare; and so is the status, since some read nothing but a 200. */
export const persistedQueryNotSupported = () =>
  createGraphQLError('PersistedQueryNotSupported', {
    extensions: { code: 'PERSISTED_QUERY_NOT_SUPPORTED', http: { status: 200 } },
  });

const notFound = () =>
  createGraphQLError('PersistedQueryNotFound', {
    extensions: { code: 'PERSISTED_QUERY_NOT_FOUND', http: { status: 200 } },
  });

function hashIn({ extensions }: GraphQLParams): string | undefined {
  const persisted: unknown = extensions?.persistedQuery;
  if (typeof persisted !== 'object' || persisted === null) return undefined;
  const { version, sha256Hash } = persisted as Record<string, unknown>;
  if (version !== 1) throw wrong('extensions.persistedQuery.version', '1', version);
  const hash = typeof sha256Hash === 'string' ? sha256Hash.toLowerCase() : '';
  if (!HASH.test(hash))
    throw wrong('extensions.persistedQuery.sha256Hash', 'a SHA-256 in hexadecimal digits', sha256Hash);
  return hash;
}

/** Nothing else becomes a key of the store. */
const HASH = /^[0-9a-f]{64}$/;

const wrong = (name: string, expected: string, got: unknown) =>
  createGraphQLError(`Expected \`${name}\` to be ${expected}, got: ${quote(got)}`, {
    extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } },
  });

/** Whole ones look like secrets in a message, and would be taken out. */
const shown = (hash: string): string => `${hash.slice(0, 12)}…`;

function checkHash(got: string, query: string): void {
  const expected = sha256(query);
  if (got === expected) return;
  throw createGraphQLError(
    `Expected \`extensions.persistedQuery.sha256Hash\` to be the SHA-256 of the query, ${shown(expected)}, got: ${shown(got)}`,
    { extensions: { code: 'PERSISTED_QUERY_MISMATCH', http: { status: 400 } } },
  );
}
