// `/livez` and `/readyz`. Yoga's own checks take any URL that ends with their path, such as `/graphql?query=…/livez`.
import type { Plugin } from 'graphql-yoga';

/** For yoga's check, which cannot be left out: no URL has a line feed. */
export const NO_ENDPOINT = '\n';

/** Before all others: it says that the process runs, and nothing else. */
export const useLiveness = (): Plugin => respondAt('/livez', () => 200);

/** With credentials that AWS refuses it can answer nothing, as one that does not start for want of any. */
export const useReadiness = (isReady: () => boolean): Plugin =>
  respondAt('/readyz', () => (isReady() ? 200 : 503));

const respondAt = (path: string, status: () => number): Plugin => ({
  onRequest: ({ url, fetchAPI, endResponse }) => {
    if (url.pathname === path) endResponse(new fetchAPI.Response(null, { status: status() }));
  },
});
