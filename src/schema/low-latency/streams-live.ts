// Which channels are live, now and from now on. AWS sends no event of viewers: they are polled.
import type { _Stream as AwsStream, StreamSummary } from '@aws-sdk/client-ivs';
import type { Context } from '../../context.ts';
import type { Activity } from '../../events/activity.ts';
import type { Watched } from '../../live/feeds.ts';
import type { Change } from '../../live/view.ts';
import { isArnOf, nameOfTarget, type Target, targetOf } from '../../upstream/arn.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { alike, chooseTarget, type Place } from '../language/arn.ts';
import { builder } from '../language/builder.ts';
import { checkArns, defineLiveCursor, defineSubscription, readWhole } from '../patterns/live.ts';
import { placeArgs } from '../patterns/queries.ts';
import { viewMessages } from '../patterns/view-messages.ts';
import { Channel, channels } from './channel.ts';
import { type Key, streamList, streams } from './stream.ts';

// How it is watched

const isSame = (one: Target, other: Target): boolean => nameOfTarget(one) === nameOfTarget(other);

type Item = StreamSummary & { channelArn: string };

const inPlace = (target: Target): Watched<Item> => ({
  name: `streams ${nameOfTarget(target)}`,
  idOf: ({ channelArn }) => channelArn,
  revive: (item) => ({ ...item, ...(item.startTime && { startTime: new Date(item.startTime) }) }),
  concerns: ({ topics }) =>
    topics.some((topic) => isArnOf('channel', topic) && isSame(alike(targetOf(topic), target), target)),
  changesBy,
  sweep: async (reader) => (await readWhole(streamList, { filterBy: undefined }, target, reader)) as Item[],
});

/** An event of another stream of the channel than the one that is known says nothing of it. */
function changesBy(activity: Activity, items: ReadonlyMap<string, Item>): readonly Change<Item>[] {
  const { eventName, detail, source } = activity;
  const channelArn = source === 'EVENTBRIDGE' ? activity.resources[0] : detail.channelArn;
  if (typeof channelArn !== 'string') return [];
  const known = items.get(channelArn);
  if (eventName === 'Stream Start' && !known)
    return [{ kind: 'added', item: startedBy(channelArn, activity) }];
  if (!known) return [];
  if (source !== 'EVENTBRIDGE') return eventName === 'StopStream' ? [{ kind: 'removed', item: known }] : [];
  if (detail.stream_id !== known.streamId) return [];
  if (eventName === 'Stream End') return [{ kind: 'removed', item: known }];
  const health = healthBy[eventName];
  return [{ kind: 'changed', item: health ? { ...known, health } : known }];
}

const healthBy: Readonly<Record<string, 'STARVING' | 'HEALTHY'>> = {
  'Starvation Start': 'STARVING',
  'Starvation End': 'HEALTHY',
};

/** Health and viewers are not in the event. */
const startedBy = (channelArn: string, { detail, time }: Activity): Item => ({
  channelArn,
  ...(typeof detail.stream_id === 'string' && { streamId: detail.stream_id }),
  state: 'LIVE',
  startTime: new Date(time),
});

// What it is

const messages = viewMessages<Key, StreamSummary, AwsStream, Item>(streams, streamList, {
  member: 'stream',
  fields: (t) => ({
    channel: t.field({
      type: Channel,
      nullable: false,
      description: 'The channel.',
      resolve: ({ item }, _args, context) => channels.ref({ arn: item.channelArn }, context) as never,
    }),
  }),
  state: {
    name: 'StreamsState',
    description: 'The live streams as they are now. What follows are changes to this.',
    nodes: 'The live streams.',
    estimatedItems: 1000,
  },
  added: {
    name: 'StreamStarted',
    description: 'A channel has gone live.',
    of: 'The stream.',
  },
  changed: {
    name: 'StreamChanged',
    description: 'A stream has another health or number of viewers, or an event has occurred.',
    of: 'The stream as it is now.',
  },
  removed: {
    name: 'StreamEnded',
    description: 'A channel is live no more.',
    of: 'The stream as it was last.',
  },
});

// Fields of its channel

defineLiveCursor(Channel, ['streams', 'channelEvents']);

// Subscriptions

/** A subscription watches the streams of one account and region. */
function targetOfAll(arns: readonly string[], { defaultTarget }: Context): Target | undefined {
  const targets = arns.map((arn) => alike(targetOf(arn), defaultTarget));
  const [target, ...others] = new Map(targets.map((one) => [nameOfTarget(one), one])).values();
  if (others.length > 0)
    throw new ValidationError('Expected channels of one account and region, got several');
  return target;
}

/** The place that the arguments name. */
function chosenFor(
  { channelArns, ...place }: Place & { channelArns?: readonly string[] | null },
  context: Context,
) {
  const [first] = channelArns ?? [];
  const chosen = alike(chooseTarget(place, first, context), context.defaultTarget);
  const named = channelArns && targetOfAll(channelArns, context);
  if (!named || isSame(named, chosen)) return chosen;
  throw new ValidationError(
    `Expected channels of ${quote(nameOfTarget(chosen))}, got some of ${nameOfTarget(named)}`,
  );
}

defineSubscription('streams', {
  description:
    'The live streams of channels, or of an account and region: first the state, then what goes live, ends, or changes health or viewers. Viewers are read at most every 2 seconds, since AWS sends no event of them.',
  payload: 'StreamsEvent',
  types: messages,
  args: {
    ...builder.args((t) => ({
      channelArns: t.idList({
        description: 'ARNs of channels of one account and region. All channels there when omitted.',
      }),
    })),
    ...placeArgs,
  },
  subscribe: ({ channelArns, account, region }, context) => {
    const { bounds, feeds } = context;
    if (channelArns) checkArns('channel', channelArns, context);
    const target = chosenFor({ channelArns, account, region }, context);
    const wanted = channelArns && new Set(channelArns);
    const keeps = ({ channelArn }: Item) => bounds.covers(channelArn) && (!wanted || wanted.has(channelArn));
    return feeds.watch(inPlace(target), keeps);
  },
});
