// Manifests of persisted operations, as the tools of frontends write them.
import { type GraphQLSchema, specifiedRules, validate } from 'graphql';
import { z } from 'zod';
import { parseWithin } from './document.ts';
import { noIntrospectionRules } from './introspection.ts';
import type { Limits } from './limits.ts';
import { type PersistedOperations, plain } from './persisted.ts';

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

const oneLine = (text: string): string => text.replace(/\s+/g, ' ');
