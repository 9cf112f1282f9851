// What all payloads of subscriptions have in common, and how a subscription field is declared.
import type { InputFieldMap, InputShapeFromFields, ObjectRef } from '@pothos/core';
import { prune } from '../../access/prune.ts';
import type { Context } from '../../context.ts';
import type { LiveSourceName } from '../../events/activity.ts';
import type { LiveMessage, LiveSource } from '../../events/live-source.ts';
import type {
  ActivityMessage,
  ChangeMessage,
  GapMessage,
  GapReason,
  StateMessage,
} from '../../live/messages.ts';
import type { PollReader } from '../../live/poller.ts';
import { checkArn, type Target } from '../../upstream/arn.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { type OperationName, operationNamed } from '../../upstream/operation.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { enumeration } from '../language/enumeration.ts';
import type { PagedList, Selector } from '../loading/list.ts';
import { readItems } from '../loading/read-items.ts';

// biome-ignore lint/suspicious/noExplicitAny: the items of any view
type AnyMessage = StateMessage<any> | ChangeMessage<any> | ActivityMessage | GapMessage;

const LiveSourceEnum = enumeration<LiveSourceName>('LiveSource', 'Where the gateway knows a change from.', {
  EVENTBRIDGE: 'An event of IVS that EventBridge delivered.',
  CLOUDTRAIL: 'A write of another client of AWS, which CloudTrail recorded.',
  POLL: 'The gateway has read it, since AWS sends no event of it.',
  MUTATION: 'A mutation of this gateway.',
});

/** Of a change that has none of its own: its place in the journal. */
const idOf = (message: AnyMessage): string => {
  if (message.type === 'activity') return message.activity.id;
  return 'id' in message ? message.id : `${message.type} ${message.cursor}`;
};

const timeOf = (message: AnyMessage): Date => {
  if (message.type === 'activity') return new Date(message.activity.time);
  return 'time' in message ? message.time : message.seenAt;
};

const sourceOf = (message: AnyMessage): LiveSourceName => {
  if (message.type === 'activity') return message.activity.source;
  return 'source' in message ? message.source : 'POLL';
};

export const LiveEvent = builder.interfaceRef<AnyMessage>('LiveEvent').implement({
  description: 'A message of a subscription.',
  fields: (t) => ({
    id: t.id({
      nullable: false,
      description: 'Id, unique among all messages. A message can arrive twice, with the same id.',
      resolve: idOf,
    }),
    cursor: t.string({
      nullable: false,
      description: 'Position of the message. Pass it as `after`: the subscription continues behind it.',
      resolve: ({ cursor }) => cursor,
    }),
    time: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'Time of the change, as precise as AWS says it.',
      resolve: timeOf,
    }),
    seenAt: t.field({
      type: 'DateTime',
      nullable: false,
      description: 'Time when the gateway received or read it.',
      resolve: (message) =>
        message.type === 'activity' ? new Date(message.activity.seenAt) : message.seenAt,
    }),
    source: t.field({
      type: LiveSourceEnum,
      nullable: false,
      description: 'Where the gateway knows it from.',
      resolve: sourceOf,
    }),
  }),
});

const LiveGapReason = enumeration<GapReason>('LiveGapReason', 'Why messages were missed.', {
  SLOW_READER: 'The client read more slowly than messages were sent.',
  EXPIRED_CURSOR: 'What came behind `after` is not known here any more.',
  REDIS_LOST: 'The replica had lost Redis.',
  AWS_LOST: 'Reads of AWS fail. The state is sent when one succeeds.',
});

const LiveGap = builder.objectRef<GapMessage>('LiveGap').implement({
  description:
    'Messages were missed. The next message is the state, where the subscription has one; with `AWS_LOST` it comes when AWS can be read again.',
  interfaces: [LiveEvent],
  fields: (t) => ({
    reason: t.field({
      type: LiveGapReason,
      nullable: false,
      description: 'Why messages were missed.',
      resolve: ({ reason }) => reason,
    }),
  }),
});

const afterArg = builder.args((t) => ({
  after: t.string({
    description:
      'Cursor of the last message that the client has received, or a `liveCursor`. What came behind it is sent first. Server-Sent Events have it as `Last-Event-ID`, too.',
  }),
}));

interface SubscriptionOptions<Fields extends InputFieldMap, Message extends LiveMessage> {
  /** Of the field. */
  description: string;
  /** The name of the union that it sends. */
  payload: string;
  /** The type of each message. */
  types: Readonly<Partial<Record<AnyMessage['type'], object>>>;
  args: Fields;
  subscribe: (args: InputShapeFromFields<Fields>, context: Context) => LiveSource<Message>;
}

/** Adds a subscription field, which sends a union of the types and `LiveGap`. `types` has them by the type of the message. */
export function defineSubscription<Fields extends InputFieldMap, Message extends LiveMessage>(
  name: string,
  { description, payload, types, args, subscribe }: SubscriptionOptions<Fields, Message>,
): void {
  const members = { ...types, gap: LiveGap } as Record<string, typeof LiveGap>;
  const union = builder.unionType(payload, {
    description: `A message of the subscription \`${name}\`.`,
    types: Object.values(members),
    resolveType: ({ type }) => members[type]?.name,
  });
  builder.subscriptionField(name, (t) =>
    t.field({
      type: union,
      nullable: false,
      description,
      args: { ...args, ...afterArg },
      subscribe: (_root, given, context) => {
        const { after } = given as { after?: string | null };
        return Object.assign(subscribe(given as never, context), { after: after ?? undefined }) as never;
      },
      resolve: (message) => message as never,
    }),
  );
}

/** Adds `liveCursor` to a resource: from there on, the two subscriptions to it continue a query. */
export function defineLiveCursor<Of extends object>(
  type: ObjectRef<SchemaTypes, Of>,
  subscriptions: readonly [string, string],
): void {
  const names = subscriptions.map((name) => `\`${name}\``).join(' or ');
  builder.objectField(type, 'liveCursor', (t) =>
    t.string({
      nullable: false,
      description: `Cursor of now. Pass it as \`after\` of ${names}, which then begin where this response ends.`,
      resolve: (_of, _args, { feeds }) => feeds.cursor(),
    }),
  );
}

/** All items of a list, past the cache. The pages serve queries of the same list, too. */
export async function readWhole<Request, Item>(
  list: PagedList<Request, Item>,
  selector: Selector<Request>,
  target: Target,
  reader: PollReader,
): Promise<Item[]> {
  const { items } = await readItems(list, Number.POSITIVE_INFINITY, async (nextToken) => {
    const page: object = await reader.send(target, list.commandOf(selector, nextToken));
    return { items: list.itemsOf(page), nextToken: (page as { nextToken?: string }).nextToken };
  });
  return items;
}

/** Of one subscription. */
const MAX_ARNS = 100;

/** Refuses ARNs of another type, those that the caller may not see, and too many. */
export function checkArns(kind: string, arns: readonly string[], { bounds }: Pick<Context, 'bounds'>): void {
  if (arns.length === 0 || arns.length > MAX_ARNS)
    throw new ValidationError(`Expected 1 to ${MAX_ARNS} ARNs in one subscription, got ${arns.length}`);
  for (const arn of arns) {
    checkArn(kind, arn);
    bounds.check(arn);
  }
}

/** What the caller may see of an item that a poll of all has read. */
export function visible<Item extends object>(
  item: Item,
  operation: OperationName,
  { bounds }: Context,
): Item {
  if (bounds.areNone) return item;
  return prune({ items: [item] }, operationNamed(operation), bounds).items[0] ?? ({} as Item);
}
