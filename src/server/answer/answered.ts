// Reports each response once, when it is complete: of a request to GraphQL, or of one event of a subscription. For metrics
// and for the log.
import type { Plugin } from 'graphql-yoga';
import type { RequestNames } from '../http/request-id.ts';
import { onOperation } from '../operation.ts';
import type { AnswerContext, AnswerFacts, AnswersContext } from './answer-facts.ts';
import { codeOf, type Outcome } from './outcome.ts';
import { lookAtErrors } from './result-parts.ts';

/** `calls` is undefined where nothing was executed. */
export interface Answered
  extends Pick<AnswerFacts, 'kind' | 'outcome' | 'operationName'>,
    Partial<Pick<AnswerFacts, 'calls'>> {
  codes: ReadonlySet<string>;
  names: RequestNames;
  /** Of the response. */
  status: number;
  seconds: number;
}

/** In yoga's server context. */
interface ArrivalContext extends AnswersContext, RequestNames {
  /** When the request came, for requests to GraphQL. */
  arrivedAt?: number;
  /** The codes of all errors returned, whether the operation was executed or not. */
  codes?: Set<string>;
}
export type AnsweredPlugin = Plugin<object, ArrivalContext>;

/** Of a response that has begun before the operation ended. */
const BEGUN = 200;

const secondsSince = (began: number): number => (performance.now() - began) / 1000;

/** A client that leaves ends the execution, which then has no result, or no further part. */
const outcomeFor = ({ outcome }: AnswerFacts, { signal }: Request): Outcome =>
  signal.aborted ? 'cancelled' : outcome;

export function onAnswered(notify: (answered: Answered) => void, path: string): AnsweredPlugin {
  return {
    onRequest: ({ serverContext, url }) => {
      if (url.pathname === path) serverContext.arrivedAt ??= performance.now();
    },
    ...onOperation<AnswerContext & ArrivalContext>(({ isEvent, kind, args: { contextValue: names } }) => {
      const { answer, arrivedAt } = names;
      const began = isEvent ? performance.now() : arrivedAt;
      return {
        onEnd: () => {
          // A subscription counts by its events: how long a client stays says nothing of the gateway.
          if (began === undefined || !(isEvent || (answer.isStreamed && kind !== 'subscription'))) return;
          const outcome = outcomeFor(answer, names.request);
          notify({ ...answer, outcome, names, status: BEGUN, seconds: secondsSince(began) });
        },
      };
    }),
    onResultProcess: (payload) => {
      const { serverContext } = payload;
      lookAtErrors(payload, (error) => {
        serverContext.codes ??= new Set();
        serverContext.codes.add(codeOf(error));
      });
    },
    onResponse: ({ request, serverContext, response: { status } }) => {
      const { answers = [], arrivedAt, codes = new Set() } = serverContext;
      if (arrivedAt === undefined) return;
      const ended = { names: serverContext, status, seconds: secondsSince(arrivedAt) };
      if (answers.length === 0) notify({ kind: 'none', outcome: 'refused', codes, ...ended });
      for (const answer of answers)
        if (!answer.isStreamed) notify({ ...answer, outcome: outcomeFor(answer, request), ...ended });
    },
  };
}
