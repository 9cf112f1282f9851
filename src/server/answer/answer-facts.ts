// What is known of the response to one operation: for metrics, and for the headers of the HTTP response.
import { getOperationAST, type OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import type { Sources } from '../../upstream/upstream.ts';
import { onOperation, type Part } from '../operation.ts';
import { codeOf, type Outcome, outcomeOf } from './outcome.ts';
import { errorsOf } from './result-parts.ts';

export interface AnswerFacts {
  readonly kind: OperationTypeNode | 'none';
  /** As its client calls it. */
  readonly operationName?: string | undefined;
  /** That AWS was sent so far. */
  calls(): number;
  outcome: Outcome;
  /** Of its errors, each once. */
  readonly codes: Set<string>;
  /** The HTTP response begins before the result is complete. */
  isStreamed: boolean;
  hasSecrets: boolean;
  /** How long it may be stored; undefined: not at all. */
  maxAgeMs?: number | undefined;
  /** What it was made of, where that was to be noted. */
  sources?: Sources | undefined;
  /** The longest wait that its errors ask for. */
  retryAfterMs: number;
}

/** In yoga's server context, which is one for each HTTP request: its results, without those of single events. */
export interface AnswersContext {
  answers?: AnswerFacts[];
}

/** In the context of an operation. */
export interface AnswerContext extends AnswersContext {
  answer: AnswerFacts;
}

/** Comes before all that reads the facts. */
export const useAnswerFacts = (): Plugin<object, AnswersContext> => ({
  onRequestParse: ({ serverContext }) => {
    serverContext.answers = [];
  },
  ...onOperation<AnswerContext>(({ args, ...operation }) => {
    const context = args.contextValue;
    const answer = newAnswer({
      kind: operation.kind ?? 'none',
      operationName: getOperationAST(args.document, args.operationName)?.name?.value,
      calls: () => context.cost().calls,
    });
    context.answer = answer;
    if (!operation.isEvent) context.answers?.push(answer);
    return {
      onStream: () => {
        answer.isStreamed = true;
        answer.outcome = 'ok';
      },
      onResult: ({ result }) =>
        answer.isStreamed ? notePart(answer, result, context) : noteWhole(answer, result, context),
    };
  }),
});

const newAnswer = (operation: Pick<AnswerFacts, 'kind' | 'operationName' | 'calls'>): AnswerFacts => ({
  ...operation,
  outcome: 'refused',
  codes: new Set(),
  isStreamed: false,
  hasSecrets: false,
  retryAfterMs: 0,
});

function noteErrors(answer: AnswerFacts, part: Part, { isServed, signal }: Context): void {
  for (const error of errorsOf(part)) answer.codes.add(codeOf(error));
  const hasData = answer.isStreamed || !!part.data;
  answer.outcome = outcomeOf({ codes: [...answer.codes], isServed: hasData && isServed(), signal });
}

function notePart(answer: AnswerFacts, part: Part, context: Context): void {
  if (errorsOf(part).length > 0) noteErrors(answer, part, context);
}

function noteWhole(answer: AnswerFacts, result: Part, context: Context): void {
  const { errors } = result;
  noteErrors(answer, result, context);
  if (!errors) {
    answer.maxAgeMs = context.goodForMs();
    answer.sources = context.sources();
    return;
  }
  const waits = errors.map(({ extensions }) => extensions?.retryAfterMs);
  answer.retryAfterMs = Math.max(0, ...waits.filter((ms) => typeof ms === 'number'));
}
