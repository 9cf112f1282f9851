// The messages about what is watched: its state, and each change of one of its items, which are entities.
import type { FieldMap } from '@pothos/core';
import type { Context } from '../../context.ts';
import type { ChangeMessage, StateMessage } from '../../live/messages.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import type { Entity } from '../loading/entity.ts';
import type { PagedList } from '../loading/list.ts';
import { LiveEvent, visible } from './live.ts';

type Fields<Message> = (t: PothosSchemaTypes.ObjectFieldBuilder<SchemaTypes, Message>) => FieldMap;

interface ChangeOptions<Item extends object> {
  name: string;
  description: string;
  /** What the member is. */
  of: string;
  /** Members that are known to be other than they were read. */
  known?: Partial<Item>;
}

interface StateOptions<Item> {
  name: string;
  description: string;
  nodes: string;
  /** More of them are sent all the same; what they cost is estimated for so many. */
  estimatedItems: number;
  fields?: Fields<StateMessage<Item>>;
}

interface ViewOptions<Item extends object> {
  /** The field with the item of a change. */
  member: string;
  /** More fields of each change. */
  fields?: Fields<ChangeMessage<Item>>;
  state: StateOptions<Item>;
  added: ChangeOptions<Item>;
  changed: ChangeOptions<Item>;
  removed: ChangeOptions<Item>;
}

/** The types of the messages about a view, for `defineSubscription`. */
export function viewMessages<
  Key extends object,
  Summary extends object,
  Detail extends Summary,
  Item extends Summary,
>(
  entity: Entity<Key, Summary, Detail>,
  list: Pick<PagedList<never, Summary>, 'operation'>,
  { member, fields: moreFields = () => ({}), state, added, changed, removed }: ViewOptions<Item>,
) {
  const nodeOf = (item: Item, context: Context, known?: Partial<Item>) =>
    entity
      .listed(item, context)
      .toNode({ ...visible(item, list.operation, context), ...known } as Summary) as never;

  const changeType = ({ name, description, of, known }: ChangeOptions<Item>) =>
    builder.objectRef<ChangeMessage<Item>>(name).implement({
      description,
      interfaces: [LiveEvent],
      fields: (t) =>
        ({
          eventName: t.string({
            description: 'AWS’s own name of the event or operation. Null for what the gateway has read.',
            resolve: ({ eventName }) => eventName,
          }),
          [member]: t.field({
            type: entity.type,
            nullable: false,
            description: `${of} Members of lists cost no call.`,
            ...costs({ returnsSummary: true }),
            resolve: ({ item }, _args, context) => nodeOf(item, context, known),
          }),
          ...moreFields(t),
        }) as never,
    });

  const stateType = ({ name, description, nodes, estimatedItems, fields }: StateOptions<Item>) =>
    builder.objectRef<StateMessage<Item>>(name).implement({
      description,
      interfaces: [LiveEvent],
      fields: (t) =>
        ({
          nodes: t.field({
            type: [entity.type],
            nullable: { list: false, items: false },
            description: `${nodes} Members of lists cost no call.`,
            ...costs({ returnsSummary: true, maxItems: estimatedItems }),
            resolve: ({ items }, _args, context) => items.map((item) => nodeOf(item, context)) as never,
          }),
          ...fields?.(t),
        }) as never,
    });

  return {
    state: stateType(state),
    added: changeType(added),
    changed: changeType(changed),
    removed: changeType(removed),
  };
}
