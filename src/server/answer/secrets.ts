// A caller who selects a secret gets it, fresh and unshared; any other response has none.
import {
  type DocumentNode,
  type GraphQLError,
  type GraphQLSchema,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import { redact } from '../../upstream/redact.ts';
import { onOperation } from '../operation.ts';
import type { AnswerContext, AnswersContext } from './answer-facts.ts';
import { lookAtErrors } from './result-parts.ts';

/**
 * By the scopes of their fields. Tokens are made for one participant, so they are not shared either. A field that needs another
 * scope as well has none itself.
 */
const SECRET_SCOPES: readonly unknown[] = ['ivs:secret', 'ivs:token'];

/**
 * Lets a document that selects a secret read it, and marks the response as one that must not be stored. Errors quote what
 * the client wrote and may be stored: no secret is in them.
 */
export const useSecrets = (): Plugin<object, AnswersContext> => ({
  ...onOperation<AnswerContext>(({ kind, args: { schema, document, contextValue: context }, refuse }) => {
    if (!selectsSecrets(schema, document)) return;
    // Equal subscribers share their events, and each would be a secret that is sent for hours.
    if (kind === 'subscription') return refuse(notInSubscriptions());
    context.revealSecrets();
    context.answer.hasSecrets = true;
  }),
  onResultProcess: (payload) => lookAtErrors(payload, clean),
  onResponse: ({ response, serverContext: { answers = [] } }) => {
    if (answers.some(({ hasSecrets }) => hasSecrets)) response.headers.set('cache-control', 'no-store');
  },
});

const notInSubscriptions = () =>
  createGraphQLError(
    'Expected a subscription without secret fields (scopes ivs:secret and ivs:token), got one that selects some. Read them with a query.',
    { extensions: { code: 'BAD_USER_INPUT', http: { status: 400 } } },
  );

function clean(error: GraphQLError): void {
  error.message = redact(error.message);
  // For a body that is not JSON, yoga keeps the parser's message with the whole body in it; it finds the status by the rest.
  const parserError = error.extensions?.originalError as { name: string } | undefined;
  if (parserError) error.extensions.originalError = { name: parserError.name };
}

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
    const scopes = (types.getFieldDef()?.extensions.scopes ?? []) as readonly unknown[];
    found ||= scopes.length > 0 && scopes.every((scope) => SECRET_SCOPES.includes(scope));
  };
  visit(document, visitWithTypeInfo(types, { Field: enter }));
  return found;
}
