// Who selects a secret gets it, fresh and for himself; who does not is answered without any.
import { TypeInfo, visit, visitWithTypeInfo, } from 'graphql';
import { redact } from '../../upstream/redact.js';
import { onOperation } from '../operation.js';
import { lookAtErrors } from './result-parts.js';
/**
 * By the scopes of their fields. Tokens are made for one person, so they are nobody else's either. A field that needs another
 * scope as well has none itself.
 */
const SECRET_SCOPES = ['ivs:secret', 'ivs:token'];
/**
 * Lets a document that selects a secret read it, and marks the answer as one that nobody may store. Errors quote what
 * the client wrote, and are kept by whoever collects them: no secret stands in them.
 */
export const useSecrets = () => ({
    ...onOperation(({ args: { schema, document, contextValue: context } }) => {
        if (!selectsSecrets(schema, document))
            return;
        context.revealSecrets();
        context.answer.hasSecrets = true;
    }),
    onResultProcess: (payload) => lookAtErrors(payload, clean),
    onResponse: ({ response, serverContext: { answers = [] } }) => {
        if (answers.some(({ hasSecrets }) => hasSecrets))
            response.headers.set('cache-control', 'no-store');
    },
});
function clean(error) {
    error.message = redact(error.message);
    // Of a body that is no JSON, yoga tells the parser's complaint with all of the body in it; by the rest it finds the status.
    const told = error.extensions?.originalError;
    if (told)
        error.extensions.originalError = { name: told.name };
}
/** Documents are parsed once and executed often. */
const known = new WeakMap();
function selectsSecrets(schema, document) {
    const answer = known.get(document) ?? readSecrets(schema, document);
    known.set(document, answer);
    return answer;
}
function readSecrets(schema, document) {
    const types = new TypeInfo(schema);
    let found = false;
    const enter = () => {
        const scopes = (types.getFieldDef()?.extensions.scopes ?? []);
        found ||= scopes.length > 0 && scopes.every((scope) => SECRET_SCOPES.includes(scope));
    };
    visit(document, visitWithTypeInfo(types, { Field: enter }));
    return found;
}
