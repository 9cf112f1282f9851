// Mutations: AWS's operation, one `input`, and a union of a payload and the errors that a caller can act on.
import type { InputFieldMap, InputShapeFromFields, ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import type { Target } from '../../upstream/arn.ts';
import { UpstreamError, ValidationError } from '../../upstream/errors.ts';
import { type AwsCommand, isOperation, type OutputOf } from '../../upstream/operation.ts';
import { type Scopes, scoped } from '../language/authorization.ts';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { inputTypeOf } from '../language/clearing.ts';
import { type Arguments, type CallCount, costs } from '../language/costs.ts';
import { type MutationErrorName, mutationErrors } from '../language/errors.ts';
import { type Given, given } from '../language/input.ts';
import { type Answer, codeOf, leaveTrail } from './audit.ts';
import { violationsOf } from './input-path.ts';
import { checkedInput, type InputRule } from './input-rules.ts';

/** Sends a command that changes something; what this request read before it is read anew. */
export async function write<C extends AwsCommand>(
  context: Context,
  target: Target,
  command: C,
): Promise<OutputOf<C>> {
  try {
    const answer = await context.send(target, command);
    leaveTrail(context.trail, answer as Answer);
    return answer;
  } catch (error) {
    if (error instanceof UpstreamError) leaveTrail(context.trail, { $metadata: error.aws ?? {} });
    throw error;
  } finally {
    context.reads.clear();
  }
}

interface MutationOptions<Fields extends InputFieldMap, Payload extends object> {
  description: string;
  scope: Scopes;
  input: (t: PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>) => Fields;
  payload: ObjectRef<SchemaTypes, Payload>;
  /**
   * Those that AWS declares for the operation and that a caller can act on, beside ValidationError, which each has.
   * When not given, the mutation returns its payload alone.
   */
  errors?: MutationErrorName[];
  /** What it calls; when not given, AWS's operation of the same name, once. */
  calls?: (input: Arguments) => readonly CallCount[];
  /** See `FieldCosts`. */
  inSlices?: true;
  /** Of an update: an explicit null clears the member. Else it means the same as an omitted one. */
  nullClears?: true;
  /** Checked before the call, all of them. */
  rules?: readonly InputRule<Given<InputShapeFromFields<Fields>>>[];
  /** What the audit should say of it in numbers. */
  count?: (payload: Payload) => Record<string, number>;
  resolve: (
    input: Given<InputShapeFromFields<Fields>>,
    context: Context,
    info: GraphQLResolveInfo,
  ) => Promise<Payload>;
}

const NULL_CLEARS =
  'An omitted member stays unchanged. Null clears a member; it is refused where AWS cannot clear it.';

/** Adds a mutation, its input `<Name>Input` and, where it can fail in ways to act on, its union `<Name>Result`. */
export function defineMutation<Fields extends InputFieldMap, Payload extends object>(
  name: string,
  {
    description,
    scope,
    input: fields,
    payload,
    errors,
    calls: callsOf,
    inSlices,
    nullClears,
    rules = [],
    count,
    resolve,
  }: MutationOptions<Fields, Payload>,
): void {
  const calls = callsOf ? ({ input }: Arguments) => callsOf(given(input) as Arguments) : namesake(name);
  const input = builder.inputType(`${capitalize(name)}Input`, {
    description: nullClears ? `Input of ${name}. ${NULL_CLEARS}` : `Input of ${name}.`,
    fields,
  });
  const typeIn = ({ parentType }: GraphQLResolveInfo) => inputTypeOf(parentType.getFields()[name]?.args[0]);
  const run = async (raw: InputShapeFromFields<Fields>, context: Context, info: GraphQLResolveInfo) => {
    try {
      // Items of bulk mutations have errors of their own.
      const members = errors ? checkedInput(raw, typeIn(info), { nullClears, rules }) : raw;
      const done = await resolve(given(members), context, info);
      if (count) context.trail.counts = count(done);
      return done;
    } catch (error) {
      // As part of a union it is no error to those above.
      context.trail.failure = codeOf(error);
      if (error instanceof ValidationError) error.violations = violationsOf(error, raw, typeIn(info));
      throw error;
    }
  };
  builder.mutationField(name, (t) =>
    t.field({
      type: payload,
      ...scoped(scope, {
        description,
        ...costs({ calls, ...(inSlices && { inSlices }) }),
      }),
      ...(errors && {
        errors: {
          types: (['ValidationError', ...errors] as const).map((error) => mutationErrors[error]),
          union: { description: `Result of ${name}: the payload, or a typed error.` },
        },
      }),
      args: {
        input: t.arg({
          type: input,
          required: true,
          description: 'Input of the mutation.',
        }),
      },
      resolve: (_root, args, context, info) =>
        run((args as { input: InputShapeFromFields<Fields> }).input, context, info) as never,
    }),
  );
}

/** AWS's operation of the same name, once. */
function namesake(name: string): () => CallCount[] {
  const operation = capitalize(name);
  if (!isOperation(operation)) throw new TypeError(`AWS has no operation of the name of ${name}`);
  return () => [{ operation }];
}

/** The payload `<Name>Payload` of a mutation with one object, which AWS returns whole unless `returnsDetail` is false. */
export const payloadOf = <Payload extends object>(
  name: string,
  member: string,
  type: ObjectRef<SchemaTypes, Payload>,
  description: string,
  { returnsDetail = true }: { returnsDetail?: boolean } = {},
): ObjectRef<SchemaTypes, { object: Payload }> =>
  builder.objectRef<{ object: Payload }>(`${capitalize(name)}Payload`).implement({
    description: `Payload of ${name}.`,
    fields: (t) => ({
      [member]: t.field({
        type,
        nullable: false,
        description,
        ...(returnsDetail && costs({ returnsDetail })),
        resolve: ({ object }) => object as never,
      }),
    }),
  });

const capitalize = (name: string): string => name.charAt(0).toUpperCase() + name.slice(1);
