import type { Plugin } from 'graphql-yoga';
import type { AnswerFacts, AnswersContext } from '../answer/answer-facts.ts';

/** In yoga's server context, for a request whose response can be stored. */
export interface Tracked {
  /** Whether the responses of AWS that it is made from are to be recorded. */
  isTracked?: boolean;
  /** Called with the facts of its operations, before the response is written. */
  onAnswer?: (answers: readonly AnswerFacts[]) => void;
}

/** Comes last: the facts that other plugins record decide whether a response is stored. */
export const useResponseCache = (): Plugin<object, Tracked & AnswersContext> => ({
  onResponse: ({ serverContext: { onAnswer, answers = [] } }) => onAnswer?.(answers),
});
