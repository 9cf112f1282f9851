// The same tags on many resources. One list of ARNs and one of tags, as in TagResources of AWS's Resource Groups Tagging API:
// no two items can contradict each other, so calls may end in any order.
import type { InputFieldMap } from '@pothos/core';
import type { Context } from '../../context.ts';
import { nameOfTarget } from '../../upstream/arn.ts';
import { costs } from '../language/costs.ts';
import { type InputFieldBuilder, toMap } from '../language/input.ts';
import { inSlices } from '../language/slices.ts';
import { problemIn } from './bulk-items.ts';
import { defineBulkMutation } from './bulk-mutation.ts';
import {
  addedTagsInput,
  checkNotEmpty,
  locate,
  referencesTo,
  type TagAddition,
  Taggable,
  type Tagging,
  type TagRemoval,
  tag,
  tagKeysInput,
  untag,
} from './tags.ts';

interface Named {
  resourceArns: string[];
}

interface Options<Item> {
  operation: 'TagResource' | 'UntagResource';
  participle: 'tagged' | 'untagged';
  description: string;
  input: (t: InputFieldBuilder) => InputFieldMap;
  itemsOf: (input: never) => readonly Item[];
  send: (item: Item, context: Context) => Promise<Tagging>;
}

function defineBulkTagging<Item extends { resourceArn: string }>(
  name: string,
  { input, send, description, ...options }: Options<Item>,
): void {
  defineBulkMutation<Item, Tagging>(name, {
    ...options,
    scope: 'ivs:write',
    description: `${description} (${options.operation}, one call per resource).`,
    input: (t) => ({
      resourceArns: t.idList({
        required: true,
        description:
          'ARNs of the resources, of any taggable type. Equal ARNs are sent once. AWS takes 10 calls a second, region and service.',
      }),
      ...input(t),
    }),
    problemOf: ({ resourceArn }) => problemIn(() => locate(resourceArn)),
    arnOf: ({ resourceArn }) => resourceArn,
    nameOf: ({ resourceArn }) => resourceArn,
    laneOf: ({ resourceArn }) => {
      const { service, target } = locate(resourceArn);
      return `${service} ${nameOfTarget(target)}`;
    },
    serviceOf: ({ resourceArn }) => locate(resourceArn).service,
    key: { resourceArn: ['ID', { nullable: false, description: 'As in the input.' }] } as never,
    sender: (context) => (item) => send(item, context),
    payload: (t) => ({
      resources: t.field({
        type: [Taggable],
        nullable: { list: false, items: true },
        description: 'The resources, in the order of the input. Null where the item failed.',
        ...costs({
          perItem: true,
          references: ({ input: given }) => (given as Named).resourceArns.flatMap(referencesTo),
        }),
        resolve: ({ done }) => inSlices(done.map((tagging) => tagging?.resource ?? null)) as never,
      }),
    }),
  });
}

defineBulkTagging<TagAddition>('tagResources', {
  operation: 'TagResource',
  participle: 'tagged',
  description: 'Adds or overwrites the same tags on many resources',
  input: (t) => ({ tags: addedTagsInput(t) }),
  itemsOf: ({ resourceArns, tags }: Named & { tags: { key: string; value: string }[] }) => {
    checkNotEmpty('tags', tags);
    const map = toMap(tags);
    return resourceArns.map((resourceArn) => ({ resourceArn, tags: map }));
  },
  send: tag,
});

defineBulkTagging<TagRemoval>('untagResources', {
  operation: 'UntagResource',
  participle: 'untagged',
  description: 'Removes tags from many resources',
  input: (t) => ({ tagKeys: tagKeysInput(t) }),
  itemsOf: ({ resourceArns, tagKeys }: Named & { tagKeys: string[] }) => {
    checkNotEmpty('tagKeys', tagKeys);
    return resourceArns.map((resourceArn) => ({ resourceArn, tagKeys }));
  },
  send: untag,
});
