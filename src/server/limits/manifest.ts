// Manifests of persisted operations, as the tools of frontends write them.
import { type GraphQLSchema, specifiedRules, validate } from 'graphql';
import { parseWithin } from './document.ts';
import { noIntrospectionRules } from './introspection.ts';
import type { Limits } from './limits.ts';
import { type PersistedOperations, plain } from './persisted.ts';

const EXPECTED =
  'a manifest of @apollo/generate-persisted-query-manifest (version 1) or of ids and documents';

interface Served {
  schema: GraphQLSchema;
  limits: Limits;
  hasIntrospection: boolean;
}

/** Throws an error of one line for a manifest that cannot be served whole. */
export function readManifest(operations: readonly PersistedOperation[], served: Served): PersistedOperations {
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

export interface PersistedOperation {
  id: string;
  name?: string | undefined;
  body: string;
}

/** Throws an error of one line for what is no manifest. */
export function parseManifest(text: string): PersistedOperation[] {
  const content = parseJson(text);
  if (isApolloManifest(content)) return content.operations;
  if (isPlainManifest(content)) return Object.entries(content).map(([id, body]) => ({ id, body }));
  throw new Error(`expected ${EXPECTED}, got something else`);
}

/** What @apollo/generate-persisted-query-manifest writes. */
function isApolloManifest(content: unknown): content is { operations: PersistedOperation[] } {
  const { format, version, operations } = (content ?? {}) as Record<string, unknown>;
  if (format !== 'apollo-persisted-query-manifest' || version !== 1) return false;
  return Array.isArray(operations) && operations.every(isOperation);
}

function isOperation(operation: unknown): boolean {
  const { id, name, body } = (operation ?? {}) as Record<string, unknown>;
  return isText(id) && isText(body) && (name === undefined || isText(name));
}

/** What the client preset of GraphQL Code Generator writes, and Relay's compiler: ids and documents. */
const isPlainManifest = (content: unknown): content is Record<string, string> =>
  typeof content === 'object' &&
  content !== null &&
  !Array.isArray(content) &&
  !('format' in content) &&
  Object.values(content).every(isText);

const isText = (value: unknown): value is string => typeof value === 'string';

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

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
