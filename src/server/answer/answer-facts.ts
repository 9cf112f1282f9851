// What is known of the answer to one operation, for all that looks at answers: metrics, and the headers of the response.
import type { OperationTypeNode } from 'graphql';
import type { Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { onOperation, type Part } from '../operation.ts';
import { errorsOf } from './result-parts.ts';

export interface AnswerFacts {
  readonly kind: OperationTypeNode | 'none';
  /** `refused`: it was not executed. `partial`: it has data and errors. */
  outcome: 'ok' | 'partial' | 'failed' | 'refused';
  /** The response begins before the answer is complete. */
  isStreamed: boolean;
  hasSecrets: boolean;
  /** How long it may be stored; undefined: not at all. */
  maxAgeMs?: number | undefined;
  /** The longest wait that its errors ask for. */
  retryAfterMs: number;
}

/** In yoga's server context, which is one for each HTTP request: its answers, without those of single events. */
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
  ...onOperation<AnswerContext>(({ args: { contextValue: context }, ...operation }) => {
    const answer = newAnswer(operation.kind);
    context.answer = answer;
    if (!operation.isEvent) context.answers?.push(answer);
    return {
      onStream: () => {
        answer.isStreamed = true;
        answer.outcome = 'ok';
      },
      onResult: ({ result }) =>
        answer.isStreamed ? notePart(answer, result) : noteWhole(answer, result, context),
    };
  }),
});

const newAnswer = (kind: AnswerFacts['kind'] = 'none'): AnswerFacts => ({
  kind,
  outcome: 'refused',
  isStreamed: false,
  hasSecrets: false,
  retryAfterMs: 0,
});

function notePart(answer: AnswerFacts, part: Part): void {
  if (errorsOf(part).length > 0) answer.outcome = 'partial';
}

function noteWhole(answer: AnswerFacts, { data, errors }: Part, context: Context): void {
  if (!errors) {
    answer.outcome = 'ok';
    answer.maxAgeMs = context.goodForMs();
    return;
  }
  answer.outcome = data ? 'partial' : 'failed';
  const waits = errors.map(({ extensions }) => extensions?.retryAfterMs);
  answer.retryAfterMs = Math.max(0, ...waits.filter((ms) => typeof ms === 'number'));
}
