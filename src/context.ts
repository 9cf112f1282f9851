// What a resolver gets.
import { setMaxListeners } from 'node:events';
import { initContextCache } from '@pothos/core';
import type { RequestOptions, Upstream, UpstreamRequest } from './upstream/upstream.ts';

export interface Context extends UpstreamRequest {
  /** The region of lists that name none. */
  defaultRegion: string;
  /** Tells whoever runs the gateway of what failed and is data in the answer, no error. */
  log: { warn(details: object, message: string): void };
}

export interface ContextOptions extends RequestOptions {
  upstream: Upstream;
  defaultRegion: string;
  log: Context['log'];
}

export function createContext({ upstream, defaultRegion, log, ...request }: ContextOptions): Context {
  // Each call of a request listens to it, and a request may make a thousand.
  setMaxListeners(0, request.signal);
  return {
    defaultRegion,
    log,
    ...upstream.open(request),
    ...initContextCache(),
  };
}

/**
 * Makes everything that this request has read so far be read anew. Every per-request loader hangs on this one object
 * of the context, so a new one is a clean slate.
 */
export const forgetReads = (context: Context): void => void Object.assign(context, initContextCache());
