// Answers in parts: what stands under @defer and @stream follows when it is known.
import { useDeferStream } from '@graphql-yoga/plugin-defer-stream';
import { type DocumentNode, type ValueNode, valueFromASTUntyped, visit } from 'graphql';
import { createGraphQLError, isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../context.ts';
import { maskError } from './errors.ts';
import type { Limits } from './limits.ts';
import { countParts } from './limits-values.ts';
import type { Part } from './parts.ts';

const UNEXPECTED = 'Unexpected error.';

export const useIncremental = ({ parts: max }: Limits): Plugin<Pick<Context, 'inParts'>> => ({
  onPluginInit: ({ addPlugin }) => addPlugin(useDeferStream() as Plugin),
  onExecute: ({ args, setResultAndStopExecution }) => {
    const { schema, document, operationName, variableValues, contextValue } = args;
    const { whole, initialCounts } = read(document);
    if (whole === document) return;
    if (initialCounts.some(isNegative(variableValues)))
      return setResultAndStopExecution({ errors: [negative()] });
    if (!takesParts(contextValue.request)) {
      args.document = whole;
      return;
    }
    const got = countParts(schema, document, operationName, variableValues ?? {});
    if (got > max) return setResultAndStopExecution({ errors: [tooMany(max, got)] });
    contextValue.inParts = true;
    return {
      onExecuteDone: ({ result, setResult }) => {
        if (!isAsyncIterable(result)) return;
        setResult(inOrder(result as AsyncIterable<Part>, contextValue.request.signal) as never);
      },
    };
  },
});

/** Masks the errors of the parts, as yoga does with those of a whole answer only, and ends a stream that breaks with an error. */
async function* inOrder(parts: AsyncIterable<Part>, client: AbortSignal): AsyncGenerator<Part> {
  try {
    for await (const part of parts) yield masked(part);
  } catch (error) {
    // Who has left hears nothing any more, and it is no fault.
    if (client.aborted) return;
    yield { errors: [maskError(error, UNEXPECTED) as never], hasNext: false };
  }
}

function masked({ incremental, ...part }: Part): Part {
  if (!incremental) return part;
  return {
    ...part,
    incremental: incremental.map(({ errors, ...rest }) =>
      errors ? { ...rest, errors: errors.map((error) => maskError(error, UNEXPECTED) as never) } : rest,
    ),
  };
}

/** Named by the client: a browser or curl that takes anything means one answer. */
const takesParts = ({ headers }: Request): boolean =>
  /multipart\/mixed|text\/event-stream/i.test(headers.get('accept') ?? '');

interface Read {
  /** The same document without the directives; the very same where it has none. */
  whole: DocumentNode;
  initialCounts: readonly ValueNode[];
}
/** Documents are parsed once and executed often. */
const known = new WeakMap<DocumentNode, Read>();

function read(document: DocumentNode): Read {
  const read = known.get(document) ?? takeOut(document);
  known.set(document, read);
  return read;
}

function takeOut(document: DocumentNode): Read {
  const initialCounts: ValueNode[] = [];
  const whole = visit(document, {
    Directive: ({ name, arguments: args = [] }) => {
      if (!['defer', 'stream'].includes(name.value)) return;
      initialCounts.push(
        ...args.filter((arg) => arg.name.value === 'initialCount').map(({ value }) => value),
      );
      return null;
    },
  });
  return { whole, initialCounts };
}

const isNegative =
  (variables: Record<string, unknown> | undefined) =>
  (count: ValueNode): boolean =>
    Number(valueFromASTUntyped(count, variables)) < 0;

const negative = () =>
  createGraphQLError('Expected `initialCount` of @stream to be 0 or more', {
    extensions: { code: 'BAD_USER_INPUT' },
  });

const tooMany = (max: number, got: number) =>
  createGraphQLError(
    `Expected an answer in at most ${max} parts, got one that could come in ${got}. Put @stream and @defer on fewer or shorter lists.`,
    {
      extensions: { code: 'QUERY_TOO_EXPENSIVE', limit: { name: 'parts', max, got }, http: { status: 400 } },
    },
  );
