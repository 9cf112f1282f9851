// When to come back, for whoever was told that AWS's rate is used up: as a header, which clients and proxies know.
import type { Plugin } from 'graphql-yoga';
import { errorsOf, type Part } from './result-parts.ts';

/** In seconds. An answer that has begun, in parts, can have no more headers. */
export function useRetryAfter(): Plugin {
  const waits = new WeakMap<Request, number>();
  return {
    onResultProcess: ({ request, result }) => {
      const all = ([result].flat() as Part[])
        .flatMap(errorsOf)
        .map(({ extensions }) => extensions.retryAfterMs);
      const last = Math.max(0, ...all.filter((ms): ms is number => typeof ms === 'number'));
      if (last > 0) waits.set(request, Math.ceil(last / 1000));
    },
    onResponse: ({ request, response: { headers } }) => {
      const wait = waits.get(request);
      if (wait !== undefined && !headers.has('retry-after')) headers.set('retry-after', String(wait));
    },
  };
}
