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
    edgesFieldOptions: { nullable: false, description: 'The items of this page with their cursors.' },
    nodeFieldOptions: { nullable: false, description: 'The item.' },
    nodesOnConnection: { description: 'The items of this page.' },
    pageInfoFieldOptions: { description: 'Where this page ends and whether more follow.' },
    cursorFieldOptions: { description: 'Names this item: pass it as `after` to go on behind it.' },
    idFieldOptions: { description: 'Global id of this object, for `node(id)` and client caches.' },
    hasNextPageFieldOptions: { description: 'Whether AWS has more items behind `endCursor`.' },
    hasPreviousPageFieldOptions: { description: 'Always false: AWS lists only forward.' },
    startCursorFieldOptions: { description: 'Cursor of the first item of this page.' },
    endCursorFieldOptions: { description: 'Pass it as `after` to get the next page.' },
    pageInfoTypeOptions: { description: 'Where a page of a list begins and ends.', ...shareable },
    nodeTypeOptions: { description: 'An object with a global id.' },
    nodeQueryOptions: false,
    nodesQueryOptions: false,
  },
});

export type SchemaTypes = typeof builder.$inferSchemaTypes;

builder.queryType({ description: 'What can be read. What does not exist is null.' });
builder.mutationType({
  description:
    'AWS operations that change something. Each answers with its payload or with one of the errors that its caller can act on.',
});
