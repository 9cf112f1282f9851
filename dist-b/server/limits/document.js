// Reads a document within its limits: they are measured before validation, whose own work grows with them.
import { Kind, Lexer, parse, Source, TokenKind, } from 'graphql';
import { createGraphQLError } from 'graphql-yoga';
import { LRUCache } from 'lru-cache';
import { checkLimit } from './limits.js';
export const useDocumentLimits = (limits) => ({
    onParse: ({ setParseFn }) => setParseFn((source) => parseWithin(limits, source)),
});
/** Throws a GraphQLError for what is no GraphQL and for what breaks a limit. */
export function parseWithin(limits, text) {
    const source = typeof text === 'string' ? new Source(text) : text;
    checkLimit(limits, 'characters', source.body.length);
    checkLimit(limits, 'lines', linesOf(source.body));
    scan(limits, source);
    const document = parse(source);
    measureDocument(limits, document);
    return document;
}
const linesOf = (text) => text.split(/\r\n|[\n\r]/).length;
const OPENING = [TokenKind.BRACE_L, TokenKind.BRACKET_L, TokenKind.PAREN_L];
const CLOSING = [TokenKind.BRACE_R, TokenKind.BRACKET_R, TokenKind.PAREN_R];
/** The parser calls itself for what nests, so that is counted before it sees the text. */
function scan(limits, source) {
    const lexer = new Lexer(source);
    let nesting = 0;
    for (let tokens = 1; lexer.advance().kind !== TokenKind.EOF; tokens += 1) {
        if (OPENING.includes(lexer.token.kind))
            nesting += 1;
        if (CLOSING.includes(lexer.token.kind))
            nesting -= 1;
        checkLimit(limits, 'tokens', tokens, false);
        checkLimit(limits, 'nesting', nesting, false);
    }
}
const NOTHING = { depth: 0, fields: 0, rootFields: 0, aliases: 0, directives: 0 };
/** By name; a map, since whoever writes a document chooses the names. */
export const fragmentsOf = ({ definitions }) => new Map(definitions.flatMap((node) => node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : []));
/** Each definition is measured once and counted where it is spread, so the work grows with the text alone. */
function measureDocument(limits, document) {
    const fragments = fragmentsOf(document);
    checkLimit(limits, 'fragments', fragments.size);
    const spread = new Map();
    for (const node of document.definitions) {
        if (!('selectionSet' in node))
            continue;
        const size = add(directivesOf(node), measure(node.selectionSet, fragments, spread));
        if (node.kind === Kind.OPERATION_DEFINITION)
            checkLimit(limits, 'rootFields', size.rootFields);
        for (const name of ['depth', 'fields', 'aliases', 'directives'])
            checkLimit(limits, name, size[name]);
    }
}
function measure({ selections }, fragments, spread) {
    let sum = NOTHING;
    for (const node of selections) {
        sum = add(sum, directivesOf(node));
        if (node.kind === Kind.FRAGMENT_SPREAD)
            sum = add(sum, measureFragment(node.name.value, fragments, spread));
        else if (node.kind === Kind.INLINE_FRAGMENT)
            sum = add(sum, measure(node.selectionSet, fragments, spread));
        else {
            const below = node.selectionSet ? measure(node.selectionSet, fragments, spread) : NOTHING;
            const { depth, fields, aliases } = below;
            sum = add(sum, {
                ...below,
                depth: depth + 1,
                fields: fields + 1,
                rootFields: 1,
                aliases: aliases + (node.alias ? 1 : 0),
            });
        }
    }
    return sum;
}
/** Stands for a fragment that is being measured. */
const OPEN = { ...NOTHING };
/** Nothing where there is no such fragment: validation says so better. It would overflow the stack for one that spreads itself. */
function measureFragment(name, fragments, spread) {
    const fragment = fragments.get(name);
    const known = spread.get(name);
    if (known === OPEN)
        throw cyclic(name);
    if (!fragment || known)
        return known ?? NOTHING;
    spread.set(name, OPEN);
    const size = add(directivesOf(fragment), measure(fragment.selectionSet, fragments, spread));
    spread.set(name, size);
    return size;
}
const cyclic = (name) => createGraphQLError(`Cannot spread fragment ${JSON.stringify(name)} within itself.`, {
    extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
});
const directivesOf = ({ directives }) => ({
    ...NOTHING,
    directives: directives?.length ?? 0,
});
const add = (one, other) => ({
    depth: Math.max(one.depth, other.depth),
    fields: one.fields + other.fields,
    rootFields: one.rootFields + other.rootFields,
    aliases: one.aliases + other.aliases,
    directives: one.directives + other.directives,
});
/**
 * Documents are read once and executed often. Yoga keeps a thousand by itself, however long they are; these are bounded
 * by their text.
 */
export const documentCaches = () => {
    const bounds = {
        maxSize: 1024 * 1024,
        sizeCalculation: (_value, text) => text.length + 100,
    };
    return {
        documentCache: new LRUCache(bounds),
        errorCache: new LRUCache(bounds),
    };
};
