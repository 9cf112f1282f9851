// Compositions, now and from now on. Events say that one has changed, and a read what it is now.
import type { Composition as AwsComposition, CompositionSummary } from '@aws-sdk/client-ivs-realtime';
import type { Watched } from '../../live/feeds.ts';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { builder } from '../language/builder.ts';
import { defineSubscription, readWhole } from '../patterns/live.ts';
import type { ArnKey } from '../patterns/resource.ts';
import { viewMessages } from '../patterns/view-messages.ts';
import { compositionList, compositions, getComposition } from './composition.ts';

// How it is watched

type Item = CompositionSummary & { arn: string };

const rules = {
  idOf: ({ arn }: Item) => arn,
  revive: (item: Item) => ({
    ...withDates(item),
    ...(item.destinations && { destinations: item.destinations.map(withDates) }),
  }),
  changesBy: () => [],
  // AWS sends events of what it does by itself, so most changes come with one.
  intervals: 5,
};

const withDates = <Times extends { startTime?: Date | undefined; endTime?: Date | undefined }>(
  item: Times,
) => ({
  ...item,
  ...(item.startTime && { startTime: new Date(item.startTime) }),
  ...(item.endTime && { endTime: new Date(item.endTime) }),
});

const ofStage = (stageArn: string): Watched<Item> => ({
  ...rules,
  name: `compositions ${stageArn}`,
  concerns: ({ topics }) => topics.includes(stageArn),
  sweep: async (reader) =>
    (await readWhole(compositionList, { filterByStageArn: stageArn }, targetOf(stageArn), reader)) as Item[],
});

const ofArn = (arn: string): Watched<Item> => ({
  ...rules,
  name: `composition ${arn}`,
  concerns: ({ topics }) => topics.includes(arn),
  sweep: async (reader) => {
    const { composition } = await reader.send(targetOf(arn), getComposition({ arn }));
    return composition ? [summaryOf(composition)] : [];
  },
});

/** As lists return it. */
function summaryOf({ layout: _layout, destinations = [], ...rest }: AwsComposition): Item {
  const brief = destinations.map(({ configuration: _configuration, detail: _detail, ...one }) => one);
  return { ...rest, destinations: brief } as Item;
}

// What it is

const messages = viewMessages<ArnKey, CompositionSummary, AwsComposition, Item>(
  compositions,
  compositionList,
  {
    member: 'composition',
    state: {
      name: 'CompositionsState',
      description: 'The compositions as they are now. What follows are changes to this.',
      nodes: 'The compositions.',
      // Those of a stage in AWS's default quota, and what ended in five minutes.
      estimatedItems: 100,
    },
    added: {
      name: 'CompositionStarted',
      description: 'A composition is new.',
      of: 'The composition.',
    },
    changed: {
      name: 'CompositionChanged',
      description: 'A composition or one of its destinations has another state.',
      of: 'The composition as it is now.',
    },
    removed: {
      name: 'CompositionRemoved',
      description: 'AWS has removed a composition, five minutes after its end.',
      of: 'The composition as it was last.',
    },
  },
);

// Subscriptions

defineSubscription('compositions', {
  description:
    'Compositions of a stage, or one composition: first the state, then each change. Set exactly one of `stageArn` and `arn`. Events of AWS are followed at once; without them it is read every 10 seconds.',
  payload: 'CompositionsEvent',
  types: messages,
  args: builder.args((t) => ({
    stageArn: t.id({ description: 'ARN of the stage.' }),
    arn: t.id({ description: 'ARN of the composition.' }),
  })),
  subscribe: ({ stageArn, arn }, { bounds, feeds }) => {
    if (stageArn && !arn) {
      checkArn('stage', stageArn);
      bounds.check(stageArn);
      return feeds.watch(ofStage(stageArn));
    }
    if (!arn || stageArn) throw new ValidationError('Expected exactly one of stageArn and arn');
    compositions.check({ arn });
    bounds.check(arn);
    // Only AWS can say to which stage it belongs.
    const isInside = (item: Item) => bounds.covers(arn) || bounds.covers(item.stageArn ?? '');
    return feeds.watch(ofArn(arn), isInside);
  },
});
