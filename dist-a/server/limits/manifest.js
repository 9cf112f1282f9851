// Manifests of persisted operations, as the tools of frontends write them.
import { specifiedRules, validate } from 'graphql';
import { parseWithin } from './document.js';
import { noIntrospectionRules } from './introspection.js';
import { plain } from './persisted.js';
const EXPECTED = 'a manifest of @apollo/generate-persisted-query-manifest (version 1) or of ids and documents';
/** Throws an error of one line for a manifest that cannot be served whole. */
export function readManifest(operations, served) {
    const documents = new Map();
    for (const { id: written, name, body } of operations) {
        const id = plain(written);
        const problem = findProblem(body, served);
        if (problem)
            throw new Error(`operation ${name ?? id} cannot be served: ${oneLine(problem)}`);
        if ((documents.get(id) ?? body) !== body)
            throw new Error(`two operations have the id ${id}`);
        documents.set(id, body);
    }
    return documents;
}
/** Throws an error of one line for what is no manifest. */
export function parseManifest(text) {
    const content = parseJson(text);
    if (isApolloManifest(content))
        return content.operations;
    if (isPlainManifest(content))
        return Object.entries(content).map(([id, body]) => ({ id, body }));
    throw new Error(`expected ${EXPECTED}, got something else`);
}
/** What @apollo/generate-persisted-query-manifest writes. */
function isApolloManifest(content) {
    const { format, version, operations } = (content ?? {});
    if (format !== 'apollo-persisted-query-manifest' || version !== 1)
        return false;
    return Array.isArray(operations) && operations.every(isOperation);
}
function isOperation(operation) {
    const { id, name, body } = (operation ?? {});
    return isText(id) && isText(body) && (name === undefined || isText(name));
}
/** What the client preset of GraphQL Code Generator writes, and Relay's compiler: ids and documents. */
const isPlainManifest = (content) => typeof content === 'object' &&
    content !== null &&
    !Array.isArray(content) &&
    !('format' in content) &&
    Object.values(content).every(isText);
const isText = (value) => typeof value === 'string';
function parseJson(text) {
    try {
        return JSON.parse(text);
    }
    catch {
        throw new Error(`expected ${EXPECTED}, got no JSON`);
    }
}
function findProblem(body, { schema, limits, hasIntrospection }) {
    const rules = hasIntrospection ? specifiedRules : [...specifiedRules, ...noIntrospectionRules];
    try {
        return validate(schema, parseWithin(limits, body), rules)[0]?.message;
    }
    catch (error) {
        return error.message;
    }
}
const oneLine = (text) => text.replace(/\s+/g, ' ');
