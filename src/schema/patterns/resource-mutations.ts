// How resources are made, changed and deleted, where AWS's operation is about that one resource alone.
import type { InputFieldMap, InputShapeFromFields } from '@pothos/core';
import type { Caller, Context } from '../../context.ts';
import { type Target, targetOf } from '../../upstream/arn.ts';
import type { AwsCommand, OutputOf } from '../../upstream/operation.ts';
import { arnAmong, chooseTarget } from '../language/arn.ts';
import type { Scopes } from '../language/authorization.ts';
import { awsObject } from '../language/aws-types.ts';
import type { MutationErrorName } from '../language/errors.ts';
import { type Given, type InputFieldBuilder, placeInput, tagsInput, toMap } from '../language/input.ts';
import { inWords, lowerFirst, upperFirst } from '../language/names.ts';
import type { Entity } from '../loading/entity.ts';
import type { InputRule } from './input-rules.ts';
import { defineMutation, payloadOf, write } from './mutation.ts';
import type { ArnKey } from './resource.ts';

type Input<Fields extends InputFieldMap> = Given<InputShapeFromFields<Fields>>;

interface Options<Summary extends object, Detail extends Summary> {
  entity: Entity<ArnKey, Summary, Detail>;
  description: string;
  errors: MutationErrorName[];
}

/** `Added` are members of AWS's request that each mutation of the kind has. */
interface WriteOptions<
  Summary extends object,
  Detail extends Summary,
  Fields extends InputFieldMap,
  Command extends AwsCommand,
  Added,
> extends Options<Summary, Detail> {
  /** When not given, `ivs:write`. */
  scope?: Scopes;
  /** Describes the payload's member, where other words are needed. */
  returns?: string;
  input: (t: InputFieldBuilder) => Fields;
  rules?: readonly InputRule<Input<Fields>>[];
  commandOf: (input: Input<Fields> & Added, caller: Caller) => Command;
  detailOf: (output: OutputOf<Command>) => Detail | undefined;
}

/** What the mutations of one kind have in common. */
interface Kind {
  returns: string;
  input: (t: InputFieldBuilder) => InputFieldMap;
  /** Where AWS's request goes, and its members. */
  requestOf: (input: never, context: Context) => { target: Target; request: object };
  nullClears?: true;
  rules?: readonly InputRule<never>[];
}

function defineWrite<
  Summary extends object,
  Detail extends Summary,
  Fields extends InputFieldMap,
  Command extends AwsCommand,
  Added,
>(
  name: string,
  options: WriteOptions<Summary, Detail, Fields, Command, Added>,
  { input, requestOf, nullClears, rules = [], ...kind }: Kind,
): void {
  const { entity, description, errors, scope = 'ivs:write' } = options;
  const { returns = kind.returns } = options;
  defineMutation(name, {
    scope,
    description,
    payload: payloadOf(name, lowerFirst(entity.name), entity.type, returns),
    errors,
    input,
    ...(nullClears && { nullClears }),
    rules: [...rules, ...(options.rules ?? [])] as InputRule<object>[],
    resolve: async (given, context) => {
      const { target, request } = requestOf(given as never, context);
      const command = options.commandOf(request as Input<Fields> & Added, context.caller);
      const output = await write(context, target, command);
      return { object: entity.fromPayload(options.detailOf(output), context) };
    },
  });
}

interface Tags {
  tags: Record<string, string> | undefined;
}
/** What every new resource can be given. */
interface Placement {
  account?: string;
  region?: string;
  tags?: { key: string; value: string }[];
}

/** Adds the mutation that creates a resource: in the requested account and region, else in those of an ARN in the input. */
export function defineCreation<
  Summary extends object,
  Detail extends Summary,
  Fields extends InputFieldMap,
  Command extends AwsCommand,
>(
  name: string,
  {
    place,
    ...options
  }: WriteOptions<Summary, Detail, Fields, Command, Tags> & {
    /** Describes the input's `account` and `region`, where other words are needed. */
    place?: { account?: string; region?: string };
  },
): void {
  defineWrite(name, options, {
    returns: `The new ${inWords(options.entity.name)}.`,
    input: (t) => ({ ...placeInput(t, place), ...options.input(t), tags: tagsInput(t) }),
    requestOf: ({ account, region, tags, ...rest }: Placement, context) => ({
      target: chooseTarget({ account, region }, arnAmong(rest), context),
      request: { ...rest, tags: toMap(tags) },
    }),
  });
}

/** Adds the mutation that changes a resource: null clears a member that says `clearedBy`, omission leaves it. */
export function defineUpdate<
  Summary extends object,
  Detail extends Summary,
  Fields extends InputFieldMap,
  Command extends AwsCommand,
>(
  name: string,
  {
    arn: described,
    ...options
  }: WriteOptions<Summary, Detail, Fields, Command, ArnKey> & {
    /** Describes the input's `arn`, where other words are needed. */
    arn?: string;
  },
): void {
  const { entity } = options;
  defineWrite(name, options, {
    returns: `The ${inWords(entity.name)} as it is now.`,
    nullClears: true,
    input: (t) => ({ arn: arnInput(t, entity, described), ...options.input(t) }),
    rules: [entity.check],
    requestOf: (request: ArnKey) => ({ target: targetOf(request.arn), request }),
  });
}

interface DeletionOptions<Summary extends object, Detail extends Summary, Fields extends InputFieldMap>
  extends Options<Summary, Detail> {
  input?: (t: InputFieldBuilder) => Fields;
  commandOf: (input: Input<Fields> & ArnKey) => AwsCommand;
}

interface Deleted extends ArnKey {
  deletedId: string;
}

/** Names what is gone, instead of an object without fields. Relay's `@deleteRecord` and `@deleteEdge` take the global id. */
const deletionPayload = (name: string, noun: string) =>
  awsObject<Deleted>(`${upperFirst(name)}Payload`, `Result of ${name}.`, {
    deletedId: [
      'ID',
      { nullable: false, description: `Global id of the deleted ${noun}, for client caches.` },
    ],
    arn: ['ID', { nullable: false, description: `ARN of the deleted ${noun}.` }],
  });

/** Adds the mutation that deletes a resource. */
export function defineDeletion<
  Summary extends object,
  Detail extends Summary,
  // biome-ignore lint/complexity/noBannedTypes: no members but the ARN
  Fields extends InputFieldMap = {},
>(name: string, options: DeletionOptions<Summary, Detail, Fields>): void {
  const { entity, description, errors, input, commandOf } = options;
  defineMutation(name, {
    scope: 'ivs:write',
    description,
    payload: deletionPayload(name, inWords(entity.name)),
    errors,
    input: (t) => ({ arn: arnInput(t, entity), ...input?.(t) }),
    rules: [entity.check] as InputRule<object>[],
    resolve: async (given, context) => {
      const request = given as unknown as Input<Fields> & ArnKey;
      await write(context, targetOf(request.arn), commandOf(request));
      return { deletedId: entity.key.globalIdOf(request), arn: request.arn };
    },
  });
}

const arnInput = (
  t: InputFieldBuilder,
  { name }: { name: string },
  description = `ARN of the ${inWords(name)}.`,
) => t.id({ required: true, description });
