// Responses in parts: what stands under @defer and @stream follows when it is known.
import { useDeferStream } from '@graphql-yoga/plugin-defer-stream';
import {
  type DocumentNode,
  type ExecutionArgs,
  type GraphQLError,
  getOperationAST,
  type ValueNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { createGraphQLError, type Plugin } from 'graphql-yoga';
import { coerceVariables } from '../../schema/language/variables.ts';
import type { Limits } from '../limits/limits.ts';
import { countParts } from '../limits/value-count.ts';
import { onStart, type Part } from '../operation.ts';
import { maskError } from './errors.ts';
import { incrementalFormOf } from './incremental-form.ts';
import { incrementalRules } from './incremental-rules.ts';
import { type Marker, markPending } from './pending-markers.ts';
import { withoutMarkers, withPending } from './pending-results.ts';

const UNEXPECTED = 'Unexpected error.';

export const useIncremental = ({ parts: max }: Limits): Plugin => ({
  onSchemaChange: useDeferStream().onSchemaChange as never,
  onValidate: ({ addValidationRule }) => {
    for (const rule of incrementalRules) addValidationRule(rule);
  },
  ...onStart(({ args, kind, refuse }) => {
    const { schema, document, operationName, variableValues, contextValue } = args;
    const { whole, given } = read(document);
    if (whole === document) return;
    const problem = problemOf(given, args);
    if (problem) return refuse(problem);
    const form = incrementalFormOf(contextValue.request);
    // An event comes whole, as one part of the subscription's response.
    if (kind === 'subscription' || !form) {
      args.document = whole;
      return;
    }
    const got = countParts(schema, document, operationName, variableValues ?? {});
    if (got > max) return refuse(tooMany(max, got));
    contextValue.inParts = true;
    const results = form === 'incrementalSpec=v0.2' ? announce(args) : undefined;
    return {
      onStream: ({ stream, setStream }) => {
        const parts = inOrder(stream, contextValue.request.signal);
        setStream(results ? results.parts(parts) : parts);
      },
      // It may be whole all the same, if its lists are short.
      onResult: ({ result }) => results?.whole(result),
    };
  }),
  onResponse: ({ request, response: { headers } }) => {
    const type = headers.get('content-type') ?? '';
    const form = incrementalFormOf(request);
    // Apollo's clients for iOS and Kotlin read it from here.
    if (!form || !type.startsWith('multipart/mixed')) return;
    // Yoga's has capitals: without this, @whatwg-node/node-fetch 0.8.6 sends both.
    headers.delete('content-type');
    headers.set('content-type', `${type}; ${form}`);
  },
});

/** Has the document executed with markers, from which the newer form is made. */
function announce(args: ExecutionArgs) {
  const { document, markers } = markPending(args.document);
  const values = valuesOf(args);
  args.document = document;
  const isOn = ({ condition }: Marker) => !condition || valueFromASTUntyped(condition, values) !== false;
  const those = new Map([...markers].map(([name, marker]) => [name, isOn(marker) ? marker : undefined]));
  return {
    parts: (parts: AsyncIterable<Part>) => withPending(parts, those),
    whole: (result: Part) => {
      if (result.hasNext === undefined) withoutMarkers(result, those);
    },
  };
}

/** Masks the errors of the parts, as yoga does with those of a whole response only, and ends a stream that breaks with an error. */
async function* inOrder(parts: AsyncIterable<Part>, client: AbortSignal): AsyncGenerator<Part> {
  try {
    for await (const part of parts) yield masked(part);
  } catch (error) {
    // A client that has left receives nothing more, and it is no fault.
    if (client.aborted) return;
    yield { errors: [maskLate(error)], hasNext: false };
  }
}

function masked({ incremental, ...part }: Part): Part {
  if (!incremental) return part;
  return {
    ...part,
    incremental: incremental.map(({ errors, ...rest }) =>
      errors ? { ...rest, errors: errors.map(maskLate) } : rest,
    ),
  };
}

/** Without the status that it would have had as a whole response, which yoga takes out only there. */
function maskLate(error: unknown): GraphQLError {
  const masked = maskError(error, UNEXPECTED) as GraphQLError;
  const { http, ...extensions } = masked.extensions;
  // The same error, since the log finds what is behind it; not the same extensions, which others may share.
  return http ? Object.assign(masked, { extensions }) : masked;
}

/** What a directive is given as `if` or `initialCount`. */
interface Given {
  directive: string;
  argument: string;
  value: ValueNode;
}
interface Read {
  /** The same document without the directives; the very same where it has none. */
  whole: DocumentNode;
  given: readonly Given[];
}
/** Documents are parsed once and executed often. */
const known = new WeakMap<DocumentNode, Read>();

function read(document: DocumentNode): Read {
  const read = known.get(document) ?? takeOut(document);
  known.set(document, read);
  return read;
}

function takeOut(document: DocumentNode): Read {
  const given: Given[] = [];
  const whole = visit(document, {
    Directive: ({ name: { value: directive }, arguments: args = [] }) => {
      if (!['defer', 'stream'].includes(directive)) return;
      for (const { name, value } of args)
        if (name.value !== 'label') given.push({ directive, argument: name.value, value });
      return null;
    },
  });
  return { whole, given };
}

/** What variables can bring that validation cannot see, and that who executes in parts takes for a fault of ours. */
function problemOf(given: readonly Given[], args: ExecutionArgs): GraphQLError | undefined {
  const values = valuesOf(args);
  const wrong = given.find(({ value }) => {
    const got = valueFromASTUntyped(value, values);
    return got === null || Number(got) < 0;
  });
  if (!wrong) return;
  const { directive, argument, value } = wrong;
  const expected = argument === 'if' ? 'true or false' : '0 or more';
  return createGraphQLError(
    `Expected \`${argument}\` of @${directive} to be ${expected}, got: ${valueFromASTUntyped(value, values)}`,
    { extensions: { code: 'BAD_USER_INPUT' } },
  );
}

/** None where they are wrong, which is found again when they are executed. */
function valuesOf({ schema, document, operationName, variableValues }: ExecutionArgs) {
  const definitions = getOperationAST(document, operationName)?.variableDefinitions;
  const coerced = coerceVariables(schema, definitions, variableValues ?? {});
  return coerced.errors ? {} : coerced.values;
}

const tooMany = (max: number, got: number) =>
  createGraphQLError(
    `Expected an answer in at most ${max} parts, got one that could come in ${got}. Put @stream and @defer on fewer or shorter lists.`,
    {
      extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'parts', max, got }, http: { status: 400 } },
    },
  );
