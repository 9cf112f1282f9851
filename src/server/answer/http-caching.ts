// How long browsers and shared caches can store a response. Only responses to GET can be stored.
import type { Plugin } from 'graphql-yoga';
import { COST_HEADER } from '../http/cost-header.ts';
import type { AnswersContext } from './answer-facts.ts';

interface HttpCachingOptions {
  /** Whether the response is the same for all callers. */
  isOpen: boolean;
}

/** What a response depends on beside its URL. */
const VARY = `Accept, Authorization, ${COST_HEADER}`;

export const useHttpCaching = ({ isOpen }: HttpCachingOptions): Plugin<object, AnswersContext> => ({
  onResponse: ({ request, response: { headers }, serverContext: { answers = [] } }) => {
    if (request.method !== 'GET' || !isAnswer(headers)) return;
    headers.append('vary', VARY);
    // It has a header of its own.
    if (answers[0]?.isStreamed && answers[0].kind === 'subscription') return;
    // A GET has one operation.
    const maxAgeMs = request.headers.has(COST_HEADER) ? undefined : answers[0]?.maxAgeMs;
    headers.set('cache-control', cacheControl(isOpen, maxAgeMs));
  },
});

/** RFC 9111, 3.5: a response to a request with a token is not for shared caches. */
export const cacheControl = (isOpen: boolean, maxAgeMs: number | undefined): string =>
  maxAgeMs === undefined ? 'no-store' : `${isOpen ? 'public' : 'private'}, max-age=${seconds(maxAgeMs)}`;

/** Whole, and never 0 while it holds: that would send all clients at once on to the gateway. */
const seconds = (ms: number): number => Math.ceil(ms / 1000);

/** Of GraphQL; the page of GraphiQL, health and metrics have rules of their own. */
const isAnswer = (headers: Headers): boolean =>
  /json|multipart|event-stream/.test(headers.get('content-type') ?? '');
