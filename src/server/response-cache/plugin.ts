import type { Plugin } from 'graphql-yoga';
import type { AnswerFacts, AnswersContext } from '../answer/answer-facts.ts';

/** In yoga's server context, for a request whose response may be stored. */
export interface Tracked {
  /** Is told how the request was answered, before the response is written. */
  onAnswer?: (answers: readonly AnswerFacts[]) => void;
}

/** Comes last: what others find out of an answer decides whether it may be given again. */
export const useResponseCache = (): Plugin<object, Tracked & AnswersContext> => ({
  onResponse: ({ serverContext: { onAnswer, answers = [] } }) => onAnswer?.(answers),
});
