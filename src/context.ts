// What a resolver gets.
import { initContextCache } from '@pothos/core';
import { Bounds } from './access/bounds.ts';
import { guard } from './access/guard.ts';
import type { Target } from './upstream/arn.ts';
import type { RequestOptions, Upstream, UpstreamRequest } from './upstream/upstream.ts';

/** read: any query · write: make, change, delete · moderate: disconnect, revoke, stop, put metadata · token · secret */
export const scopes = ['ivs:read', 'ivs:write', 'ivs:moderate', 'ivs:token', 'ivs:secret'] as const;
export type Scope = (typeof scopes)[number];

/** Who asks, and what they may. */
export interface Caller {
  /** For the log and for limits: the token's subject, or the address where nobody is asked who they are. */
  subject: string;
  scopes: ReadonlySet<Scope>;
  /** ARN patterns with `*`, from the claim `ivs_resources`: all that may be read or written. Undefined: no bounds. */
  resources?: readonly string[] | undefined;
  /** From the claim `ivs_user`: the only userId that participant tokens may be made for. */
  user?: string | undefined;
  /** When the token ends, in milliseconds since 1970. */
  expiresAt?: number | undefined;
}

/** Where nobody is asked who they are, everybody may do everything. */
export const anonymous = (subject: string): Caller => ({ subject, scopes: new Set(scopes) });

/** What AWS told of the writes of one mutation, and what else its audit should say. */
export interface Trail {
  arns: string[];
  awsRequestIds: string[];
  counts: Record<string, number>;
  /** The error's code, where one is answered. */
  failure?: string;
}

/** A mutation that was asked for, whatever became of it. Nothing in it is secret or says who watches. */
interface AuditEntry extends Pick<Trail, 'arns' | 'awsRequestIds'> {
  mutation: string;
  scope: Scope;
  /** `ok`, or the error's code. */
  outcome: string;
  durationMs: number;
}

export interface Context extends UpstreamRequest {
  /** Where lists go that name neither a region nor an ARN. */
  defaultTarget: Target;
  /** Tells whoever runs the gateway of what failed and is data in the answer, no error. */
  log: { warn(details: object, message: string): void };
  caller: Caller;
  /** What the caller may name and see. */
  bounds: Bounds;
  /** When it ends, so does all that is done for the request. */
  signal: AbortSignal;
  /** Of the mutation that runs now: they run one after the other. */
  trail: Trail;
  /** The client takes the answer in parts, and wants each as soon as it is known. */
  inParts?: boolean;
  audit(entry: AuditEntry): void;
}

export interface ContextOptions extends RequestOptions {
  upstream: Upstream;
  defaultTarget: Target;
  caller: Caller;
  log: Context['log'];
  audit: Context['audit'];
}

export function createContext({
  upstream,
  defaultTarget,
  caller,
  log,
  audit,
  signal,
  ...request
}: ContextOptions): Context {
  const opened = upstream.open({ ...request, signal });
  const bounds = new Bounds(caller.resources);
  return {
    defaultTarget,
    log,
    caller,
    bounds,
    signal,
    trail: newTrail(),
    audit,
    ...opened,
    send: guard(opened.send, caller, bounds),
    sendOnce: guard(opened.sendOnce, caller, bounds),
    revealSecrets: () => {
      if (caller.scopes.has('ivs:secret')) opened.revealSecrets();
    },
    ...initContextCache(),
  };
}

export const newTrail = (): Trail => ({ arns: [], awsRequestIds: [], counts: {} });

/**
 * Makes everything that this request has read so far be read anew. Every per-request loader hangs on this one object
 * of the context, so a new one is a clean slate.
 */
export const forgetReads = (context: Context): void => void Object.assign(context, initContextCache());
