// The header Retry-After for responses that exceed AWS's rate, which clients and proxies know.
import type { Plugin } from 'graphql-yoga';
import type { AnswersContext } from './answer-facts.ts';

/** In seconds. A response that has begun, in parts or events, can have no more headers. */
export const useRetryAfter = (): Plugin<object, AnswersContext> => ({
  onResponse: ({ response: { headers }, serverContext: { answers = [] } }) => {
    const ms = Math.max(0, ...answers.map(({ retryAfterMs }) => retryAfterMs));
    if (ms > 0 && !headers.has('retry-after')) headers.set('retry-after', String(Math.ceil(ms / 1000)));
  },
});
