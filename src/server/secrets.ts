// Who selects a secret gets it, fresh and for himself; who does not is answered without any.
import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';

/** By the scopes of their fields. Tokens are made for one person, so they are nobody else's either. */
const SECRET_SCOPES: readonly unknown[] = ['ivs:secret', 'ivs:token'];

/** Lets a document that selects a secret read it, and marks the answer as one that nobody may store. */
export const useSecrets = (): Plugin<Pick<Context, 'revealSecrets'>> => {
  const requests = new WeakSet<Request>();
  return {
    onExecute: ({ args: { schema, document, contextValue: context } }) => {
      if (!selectsSecrets(schema, document)) return;
      context.revealSecrets();
      requests.add(context.request);
    },
    onResponse: ({ request, response }) => {
      if (requests.has(request)) response.headers.set('cache-control', 'no-store');
    },
  };
};

/** Documents are parsed once and executed often. */
const known = new WeakMap<DocumentNode, boolean>();

function selectsSecrets(schema: GraphQLSchema, document: DocumentNode): boolean {
  const answer = known.get(document) ?? readSecrets(schema, document);
  known.set(document, answer);
  return answer;
}

function readSecrets(schema: GraphQLSchema, document: DocumentNode): boolean {
  const types = new TypeInfo(schema);
  let found = false;
  const enter = () => {
    found ||= SECRET_SCOPES.includes(types.getFieldDef()?.extensions.scope);
  };
  visit(document, visitWithTypeInfo(types, { Field: enter }));
  return found;
}
