// How long others may keep an answer: browsers, and caches on the way. Only what was asked with GET can be kept at all.
import { isAsyncIterable, type Plugin } from 'graphql-yoga';
import type { Context } from '../../context.ts';
import { COST_HEADER } from '../http/cost-header.ts';

type Asked = Pick<Context, 'goodForMs'>;

interface HttpCachingOptions {
  /** Whether all who ask are answered alike. */
  isOpen: boolean;
}

/** What an answer depends on beside its URL. */
const VARY = `Accept, Authorization, ${COST_HEADER}`;

export function useHttpCaching({ isOpen }: HttpCachingOptions): Plugin<Asked> {
  const seconds = new WeakMap<Request, number>();
  return {
    onExecute: ({ args: { contextValue: context } }) => {
      const { request } = context;
      if (request.method !== 'GET' || request.headers.has(COST_HEADER)) return;
      return {
        onExecuteDone: ({ result }) => {
          if (isAsyncIterable(result) || result.errors) return;
          const goodForMs = context.goodForMs();
          // In whole seconds and never 0 while it holds: that would send all who ask at once on to us.
          if (goodForMs !== undefined) seconds.set(request, Math.ceil(goodForMs / 1000));
        },
      };
    },
    onResponse: ({ request, response: { headers } }) => {
      if (request.method !== 'GET' || !isAnswer(headers)) return;
      headers.append('vary', VARY);
      const maxAge = seconds.get(request);
      // RFC 9111, 3.5: what came for a token goes to nobody else's cache.
      const whose = isOpen ? 'public' : 'private';
      headers.set('cache-control', maxAge === undefined ? 'no-store' : `${whose}, max-age=${maxAge}`);
    },
  };
}

/** Of GraphQL; the page of GraphiQL, health and metrics have rules of their own. */
const isAnswer = (headers: Headers): boolean =>
  /json|multipart|event-stream/.test(headers.get('content-type') ?? '');
