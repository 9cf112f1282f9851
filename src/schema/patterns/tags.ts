// Tags of every taggable resource. The tag operations exist in both services under one name; the ARN's type selects the service.
import type { Context } from '../../context.ts';
import { isArn, parseArn, targetOf } from '../../upstream/arn.ts';
import { ValidationError } from '../../upstream/errors.ts';
import type { AwsCommand, OperationName } from '../../upstream/operation.ts';
import { quote } from '../../upstream/quote.ts';
import { type ServiceName, services } from '../../upstream/services/index.ts';
import { scoped } from '../language/authorization.ts';
import { builder } from '../language/builder.ts';
import { type Arguments, type CallCount, costs, type Reference } from '../language/costs.ts';
import { type InputFieldBuilder, KeyValue, KeyValueInput, toEntries, toMap } from '../language/input.ts';
import { entryField, valueAt } from '../language/map-entries.ts';
import { type AnyEntity, entities } from '../loading/entity.ts';
import { arnFields } from './arn-fields.ts';
import { defineMutation, write } from './mutation.ts';

type Sdk = (typeof services)[ServiceName]['sdk'];

const taggables = new Map<string, { service: ServiceName; sdk: Sdk; entity: AnyEntity }>();

/** Declares that resources whose ARN is of type `kind` have tags, and which service holds them. */
export function taggable(kind: string, service: ServiceName, entity: { name: string }): void {
  taggables.set(kind, { service, sdk: services[service].sdk, entity: entity as AnyEntity });
}

/** Where the tags of a resource are. */
export function locate(arn: string) {
  const found = taggables.get(parseArn(arn).kind);
  if (!found)
    throw ValidationError.of(
      { value: arn },
      `Expected the ARN of something with tags (${[...taggables.keys()].join(', ')}), got: ${quote(arn)}`,
    );
  return { target: targetOf(arn), ...found };
}

const tagField = entryField('tags');

/** Types that implement it inherit its fields; one whose lists lack tags has a field `tags` of its own. */
export const Taggable = builder.interfaceRef<{ __typename: string; arn: string }>('Taggable').implement({
  description: 'A resource with an ARN and tags.',
  interfaces: [builder.nodeInterfaceRef()],
  resolveType: ({ __typename }) => __typename,
  fields: (t) => ({
    arn: t.exposeID('arn', { nullable: false, description: 'Amazon Resource Name.' }),
    tags: t.field({
      type: [KeyValue],
      description: 'Up to 50 tags.',
      ...costs({ level: 'summary', maxLength: 50 }),
      resolve: (resource, _args, context) => {
        const facts = entities.get(resource.__typename)?.factsOf(resource as never, 'summary', context);
        return facts instanceof Promise ? facts.then(tagsIn) : tagsIn(facts);
      },
    }),
    tag: t.field({
      ...tagField,
      extensions: { ...tagField.extensions, level: 'summary' },
      resolve: async (resource, { key }, context) => {
        const facts = await entities.get(resource.__typename)?.factsOf(resource as never, 'summary', context);
        return valueAt((facts as Tagged)?.tags, key);
      },
    }),
    ...arnFields(t),
  }),
});

type Tagged = { tags?: Record<string, string> } | null | undefined;

const tagsIn = (facts: Tagged) => facts?.tags && toEntries(facts.tags);

export interface Tagging {
  resourceArn: string;
  resource: { __typename: string; arn: string };
}

/** What a tag operation costs, wherever the ARN says that it goes. */
function send(operation: OperationName, { resourceArn }: Arguments): CallCount[] {
  const { target, service } = locate(resourceArn as string);
  return [{ operation, target, service }];
}

/** What an ARN refers to; nothing where it is none of a taggable type. */
export function referencesTo(arn: string): Reference[] {
  const found = isArn(arn) && taggables.get(parseArn(arn).kind);
  return found ? [{ typeName: found.entity.name, key: { arn } }] : [];
}

const taggingPayload = (payload: 'TagResourcePayload' | 'UntagResourcePayload', description: string) =>
  builder.objectRef<Tagging>(payload).implement({
    description,
    fields: (t) => ({
      resource: t.expose('resource', {
        type: Taggable,
        nullable: false,
        description: 'The resource whose tags were changed.',
        ...costs({ references: ({ input }) => referencesTo((input as { resourceArn: string }).resourceArn) }),
      }),
      tags: t.field({
        type: [KeyValue],
        ...scoped('ivs:read', {
          description: 'All tags of the resource after the change. Call: ListTagsForResource.',
          ...costs({ calls: ({ input }) => send('ListTagsForResource', input as Arguments) }),
        }),
        resolve: async ({ resourceArn }, _args, context) => {
          const { target, sdk } = locate(resourceArn);
          const { tags } = await context.send(target, new sdk.ListTagsForResourceCommand({ resourceArn }));
          return toEntries(tags ?? {});
        },
      }),
    }),
  });

/** Sends a tag operation to the service of the ARN and returns the resource. */
async function retag(
  resourceArn: string,
  context: Context,
  commandOf: (sdk: Sdk) => AwsCommand,
): Promise<Tagging> {
  const { target, sdk, entity } = locate(resourceArn);
  await write(context, target, commandOf(sdk));
  return {
    resourceArn,
    resource: entity.ref({ arn: resourceArn }, context) as unknown as Tagging['resource'],
  };
}

export interface TagAddition {
  resourceArn: string;
  tags: Record<string, string>;
}

export const tag = ({ resourceArn, tags }: TagAddition, context: Context): Promise<Tagging> =>
  retag(resourceArn, context, (sdk) => new sdk.TagResourceCommand({ resourceArn, tags }));

export interface TagRemoval {
  resourceArn: string;
  tagKeys: string[];
}

export const untag = ({ resourceArn, tagKeys }: TagRemoval, context: Context): Promise<Tagging> =>
  retag(resourceArn, context, (sdk) => new sdk.UntagResourceCommand({ resourceArn, tagKeys }));

/** The tags that a mutation adds. */
export const addedTagsInput = (t: InputFieldBuilder) =>
  t.field({
    type: [KeyValueInput],
    required: true,
    description:
      'Tags to add or overwrite, at least one. Limit: keys of 1 to 128 characters, values of up to 256, 50 tags per resource.',
  });

/** The keys of the tags that a mutation removes. */
export const tagKeysInput = (t: InputFieldBuilder) =>
  t.stringList({ required: true, description: 'Keys of the tags to remove, at least one. Limit: 50.' });

/** Without any, AWS would change nothing, or name the member as missing. */
export function checkNotEmpty(name: 'tags' | 'tagKeys', items: readonly unknown[]): void {
  if (items.length === 0) throw ValidationError.at([name], `Expected ${name} to have at least 1 item, got 0`);
}

defineMutation('tagResource', {
  scope: 'ivs:write',
  description: 'Adds or overwrites tags of a resource.',
  payload: taggingPayload('TagResourcePayload', 'Payload of tagResource.'),
  errors: ['ResourceNotFoundError'],
  input: (t) => ({
    resourceArn: t.id({ required: true, description: 'ARN of a taggable resource.' }),
    tags: addedTagsInput(t),
  }),
  calls: (input) => send('TagResource', input),
  rules: [({ resourceArn }) => void locate(resourceArn), ({ tags }) => checkNotEmpty('tags', tags)],
  resolve: async ({ resourceArn, tags }, context) => {
    return tag({ resourceArn, tags: toMap(tags) }, context);
  },
});

defineMutation('untagResource', {
  scope: 'ivs:write',
  description: 'Removes tags of a resource.',
  payload: taggingPayload('UntagResourcePayload', 'Payload of untagResource.'),
  errors: ['ResourceNotFoundError'],
  input: (t) => ({
    resourceArn: t.id({ required: true, description: 'ARN of a taggable resource.' }),
    tagKeys: tagKeysInput(t),
  }),
  calls: (input) => send('UntagResource', input),
  rules: [({ resourceArn }) => void locate(resourceArn), ({ tagKeys }) => checkNotEmpty('tagKeys', tagKeys)],
  resolve: async (removal, context) => {
    return untag(removal, context);
  },
});
