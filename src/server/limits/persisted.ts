// Only operations that are known beforehand: those that a frontend's build wrote into a manifest.
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { createGraphQLError, type GraphQLParams, type Plugin } from 'graphql-yoga';

/** Documents by their ids, which most tools make their SHA-256. */
export type PersistedOperations = ReadonlyMap<string, string>;

/** An id may say how it was made. */
export const plain = (id: string): string => id.replace(/^sha256:/, '');

/** Parameters beside those of GraphQL over HTTP. */
export const persistedParams = ['documentId'];

export const usePersistedOnly = (operations: PersistedOperations): Plugin =>
  usePersistedOperations({
    getPersistedOperation: (id) => operations.get(plain(id)) ?? null,
    extractPersistedOperationId: idOf,
    customErrors: {
      persistedQueryOnly: ({ params, request }) =>
        idOf(params, request)
          ? refusal(
              'CANNOT_SEND_PQ_ID_AND_BODY',
              'Expected the id of a persisted operation alone, got a query beside it',
            )
          : needsId(),
      keyNotFound: needsId,
      notFound: ({ params, request }) =>
        refusal(
          'PERSISTED_QUERY_NOT_IN_LIST',
          `No persisted operation has the id ${JSON.stringify(idOf(params, request)?.slice(0, 100))}. Was the gateway given the manifest of this build?`,
        ),
    },
  });

/** As Apollo's clients and urql send it, or as `documentId`, in the URL of a GET too, which yoga does not read. */
function idOf(
  { extensions, ...params }: GraphQLParams & { documentId?: unknown },
  request: Request,
): string | null {
  const hash = (extensions?.persistedQuery as { sha256Hash?: unknown } | null | undefined)?.sha256Hash;
  const inUrl = request.method === 'GET' ? new URL(request.url).searchParams.get('documentId') : null;
  return [hash, params.documentId, inUrl].find((id): id is string => typeof id === 'string') ?? null;
}

const needsId = () =>
  refusal(
    'PERSISTED_QUERY_ID_REQUIRED',
    'Expected the id of a persisted operation, as `documentId` or `extensions.persistedQuery.sha256Hash`: this gateway takes no others',
  );

const refusal = (code: string, message: string) =>
  createGraphQLError(message, { extensions: { code, http: { status: 400 } } });
