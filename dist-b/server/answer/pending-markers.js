// Marks in a document what will follow later. The executor tells of a deferred fragment or a streamed list when its data is there;
// a client of the newer form must hear of it before. So a field beside each, `__typename` under a name of ours, comes with the
// object that it will be added to, and says by its presence that the type condition and @skip or @include let it through.
import { randomBytes } from 'node:crypto';
import { Kind, } from 'graphql';
import { fragmentsOf } from '../limits/document.js';
/** Nobody can guess it, so no client has a field of such a name. */
const PREFIX = `__${randomBytes(8).toString('hex')}`;
/** Documents are parsed once and executed often. */
const known = new WeakMap();
export function markPending(document) {
    const marked = known.get(document) ?? new Marking(document).result();
    known.set(document, marked);
    return marked;
}
/**
 * A list that is streamed as part of an item of another such list comes whole with the item: Apollo Client 4.3 knows where the
 * items of a list belong only when the list came in a first part or a deferred fragment, and drops them otherwise.
 */
class Marking {
    #document;
    #fragments;
    #markers = new Map();
    /** Fragments as parts of streamed items. */
    #inItems = new Map();
    constructor(document) {
        this.#document = document;
        this.#fragments = fragmentsOf(document);
    }
    result() {
        const definitions = this.#document.definitions.map((node) => 'selectionSet' in node ? { ...node, selectionSet: this.#set(node.selectionSet, false) } : node);
        const document = { ...this.#document, definitions: [...definitions, ...this.#inItems.values()] };
        return { document, markers: this.#markers };
    }
    #set(set, inItem) {
        return { ...set, selections: set.selections.flatMap((node) => this.#selection(node, inItem)) };
    }
    #selection(node, inItem) {
        return node.kind === Kind.FIELD ? this.#field(node, inItem) : this.#fragment(node, inItem);
    }
    #field(node, inItem) {
        const stream = directiveOf(node, 'stream');
        const selectionSet = node.selectionSet && this.#set(node.selectionSet, inItem || !!stream);
        const field = { ...node, ...(selectionSet && { selectionSet }) };
        if (!stream)
            return [field];
        if (inItem)
            return [{ ...field, directives: node.directives?.filter((one) => one !== stream) ?? [] }];
        const marker = this.#mark(stream, (node.alias ?? node.name).value);
        return [field, markerField(marker, node, undefined)];
    }
    #fragment(node, inItem) {
        const defer = directiveOf(node, 'defer');
        // Of a fragment that may not be deferred nobody knows it yet.
        const below = inItem && !(defer && !argumentOf(defer, 'if'));
        const inner = node.kind === Kind.INLINE_FRAGMENT ? this.#inline(node, below) : this.#spread(node, below);
        if (!defer)
            return [inner];
        const marker = this.#mark(defer);
        const directives = node.directives?.map((one) => (one === defer ? relabelled(defer, marker) : one)) ?? [];
        return [{ ...inner, directives }, markerField(marker, node, this.#conditionOf(node))];
    }
    #inline(node, inItem) {
        return { ...node, selectionSet: this.#set(node.selectionSet, inItem) };
    }
    #spread(node, inItem) {
        const fragment = this.#fragments.get(node.name.value);
        if (!inItem || !fragment)
            return node;
        const name = { ...node.name, value: `${PREFIX}_${node.name.value}` };
        if (!this.#inItems.has(node.name.value)) {
            // A fragment never spreads itself: limits/document.ts.
            const selectionSet = this.#set(fragment.selectionSet, true);
            this.#inItems.set(node.name.value, { ...fragment, name, selectionSet });
        }
        return { ...node, name };
    }
    #conditionOf(node) {
        if (node.kind === Kind.INLINE_FRAGMENT)
            return node.typeCondition;
        return this.#fragments.get(node.name.value)?.typeCondition;
    }
    #mark(directive, field) {
        const name = `${PREFIX}_${this.#markers.size}`;
        const label = argumentOf(directive, 'label');
        this.#markers.set(name, {
            label: label?.kind === Kind.STRING ? label.value : undefined,
            field,
            condition: argumentOf(directive, 'if'),
        });
        return name;
    }
}
const directiveOf = ({ directives = [] }, name) => directives.find((directive) => directive.name.value === name);
const argumentOf = ({ arguments: args = [] }, name) => args.find((argument) => argument.name.value === name)?.value;
const nameNode = (value) => ({ kind: Kind.NAME, value });
function relabelled(defer, label) {
    const others = defer.arguments?.filter(({ name }) => name.value !== 'label') ?? [];
    const value = { kind: Kind.STRING, value: label };
    return { ...defer, arguments: [...others, { kind: Kind.ARGUMENT, name: nameNode('label'), value }] };
}
function markerField(name, { directives = [] }, typeCondition) {
    const field = { kind: Kind.FIELD, alias: nameNode(name), name: nameNode('__typename') };
    return {
        kind: Kind.INLINE_FRAGMENT,
        ...(typeCondition && { typeCondition }),
        directives: directives.filter((directive) => ['skip', 'include'].includes(directive.name.value)),
        selectionSet: { kind: Kind.SELECTION_SET, selections: [field] },
    };
}
