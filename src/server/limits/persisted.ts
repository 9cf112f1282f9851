// Only operations that are known beforehand: those that a frontend's build wrote into a manifest.
import { usePersistedOperations } from '@graphql-yoga/plugin-persisted-operations';
import { type GraphQLSchema, specifiedRules, validate } from 'graphql';
import { createGraphQLError, type GraphQLParams, type Plugin } from 'graphql-yoga';
import { z } from 'zod';
import { parseWithin } from './document.ts';
import { noIntrospectionRules } from './introspection.ts';
import type { Limits } from './limits.ts';

/** Documents by their ids, which most tools make their SHA-256. */
export type PersistedOperations = ReadonlyMap<string, string>;

/** What @apollo/generate-persisted-query-manifest writes. */
const apolloManifest = z.object({
  format: z.literal('apollo-persisted-query-manifest'),
  version: z.literal(1),
  operations: z.array(z.object({ id: z.string(), name: z.string().optional(), body: z.string() })),
});
/** What the client preset of GraphQL Code Generator writes, and Relay's compiler: ids and documents. */
const plainManifest = z.record(z.string(), z.string());

const EXPECTED =
  'a manifest of @apollo/generate-persisted-query-manifest (version 1) or of ids and documents';

interface Served {
  schema: GraphQLSchema;
  limits: Limits;
  hasIntrospection: boolean;
}

/** Throws an error of one line for a manifest that cannot be served whole. */
export function readManifest(text: string, served: Served): PersistedOperations {
  const operations = parseManifest(text);
  const documents = new Map<string, string>();
  for (const { id: written, name, body } of operations) {
    const id = plain(written);
    const problem = findProblem(body, served);
    if (problem) throw new Error(`operation ${name ?? id} cannot be served: ${oneLine(problem)}`);
    if ((documents.get(id) ?? body) !== body) throw new Error(`two operations have the id ${id}`);
    documents.set(id, body);
  }
  return documents;
}

function parseManifest(text: string): { id: string; name?: string | undefined; body: string }[] {
  const content = parseJson(text);
  const apollo = apolloManifest.safeParse(content);
  if (apollo.success) return apollo.data.operations;
  const plain = plainManifest.safeParse(content);
  if (plain.success && !('format' in plain.data))
    return Object.entries(plain.data).map(([id, body]) => ({ id, body }));
  throw new Error(`expected ${EXPECTED}, got something else`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Error(`expected ${EXPECTED}, got no JSON`);
  }
}

function findProblem(body: string, { schema, limits, hasIntrospection }: Served): string | undefined {
  const rules = hasIntrospection ? specifiedRules : [...specifiedRules, ...noIntrospectionRules];
  try {
    return validate(schema, parseWithin(limits, body), rules)[0]?.message;
  } catch (error) {
    return (error as Error).message;
  }
}

/** An id may say how it was made. */
const plain = (id: string): string => id.replace(/^sha256:/, '');

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');

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
