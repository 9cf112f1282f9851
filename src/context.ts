// What a resolver gets.
import { setMaxListeners } from 'node:events';
import { initContextCache } from '@pothos/core';
import type { Cost } from './upstream/ledger.ts';
import type { AwsCommand, OutputOf } from './upstream/operation.ts';
import type { Upstream } from './upstream/upstream.ts';

export interface Context {
  /** The region of lists that name none. */
  defaultRegion: string;
  /** Sends one command within this request's deadline. */
  send<C extends AwsCommand>(region: string, command: C): Promise<OutputOf<C>>;
  /** What this request has cost so far. */
  cost(): Cost;
}

export interface ContextOptions {
  upstream: Upstream;
  defaultRegion: string;
  /** Ends with the client's connection or with the request's deadline. */
  signal: AbortSignal;
  timeoutMs: number;
}

export function createContext({ upstream, defaultRegion, signal, timeoutMs }: ContextOptions): Context {
  // Each call of a request listens to it, and a request may make a thousand.
  setMaxListeners(0, signal);
  return {
    defaultRegion,
    ...upstream.open({ signal, timeoutMs }),
    ...initContextCache(),
  };
}

/**
 * Makes everything that this request has read so far be read anew. Every per-request loader hangs on this one object
 * of the context, so a new one is a clean slate.
 */
export const forgetReads = (context: Context): void => void Object.assign(context, initContextCache());
