import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import './empty-as-null.js';
import './located-errors.js';
import './authorization.js';
import './semantic-non-null.js';
import { shareable } from './shareable.js';
export const builder = new SchemaBuilder({
    plugins: ['locatedErrors', 'authorization', 'semanticNonNull', 'emptyAsNull', ErrorsPlugin, RelayPlugin],
    errors: {
        directResult: true,
        defaultUnionOptions: {
            name: ({ fieldName }) => `${fieldName.charAt(0).toUpperCase()}${fieldName.slice(1)}Result`,
        },
    },
    relay: {
        cursorType: 'String',
        edgesFieldOptions: { nullable: false, description: 'Items of this page with their cursors.' },
        nodeFieldOptions: { nullable: false, description: 'The item.' },
        nodesOnConnection: { description: 'Items of this page.' },
        pageInfoFieldOptions: { description: 'Position of this page in the list.' },
        cursorFieldOptions: {
            description: 'Position of this item. Pass it as `after`: returns the items after this cursor.',
        },
        idFieldOptions: { description: 'Global id of this object, for `node(id)` and client caches.' },
        hasNextPageFieldOptions: { description: 'Whether AWS has more items after `endCursor`.' },
        hasPreviousPageFieldOptions: { description: 'Always false: AWS pages forward only.' },
        startCursorFieldOptions: { description: 'Cursor of the first item of this page.' },
        endCursorFieldOptions: { description: 'Cursor of the last item. Pass it as `after` for the next page.' },
        pageInfoTypeOptions: { description: 'Position of a page in a list.', ...shareable },
        nodeTypeOptions: { description: 'An object with a global id.' },
        nodeQueryOptions: false,
        nodesQueryOptions: false,
    },
});
builder.queryType({ description: 'Read operations. An object that does not exist is null.' });
builder.mutationType({
    description: 'AWS operations that change state. Each returns its payload, or a typed error that the caller can act on.',
});
