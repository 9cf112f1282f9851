import SchemaBuilder from '@pothos/core';
import ErrorsPlugin from '@pothos/plugin-errors';
import RelayPlugin from '@pothos/plugin-relay';
import type { Context } from '../../context.ts';
import './empty-as-null.ts';
import './located-errors.ts';
import './authorization.ts';
import './semantic-non-null.ts';
import { shareable } from './shareable.ts';

/** The types a builder of this graph works with. */
interface Types {
  Context: Context;
  DefaultEdgesNullability: false;
  DefaultNodeNullability: false;
  Scalars: {
    ID: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date };
  };
}

export const builder = new SchemaBuilder<Types>({
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

export type SchemaTypes = typeof builder.$inferSchemaTypes;

builder.queryType({ description: 'Read operations. An object that does not exist is null.' });
builder.subscriptionType({
  description:
    'Changes as they happen: first what holds now, where there is a state, then each change. Transports: Server-Sent Events, multipart, WebSocket.',
});
builder.mutationType({
  description:
    'AWS operations that change state. Each returns its payload, or a typed error that the caller can act on.',
});
