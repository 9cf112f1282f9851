// What a resolver gets.
import { initContextCache } from '@pothos/core';
import { Bounds } from './access/bounds.ts';
import { guard } from './access/guard.ts';
import type { LiveFeeds } from './live/feeds.ts';
import type { Target } from './upstream/arn.ts';
import type { RequestOptions, Upstream, UpstreamRequest } from './upstream/upstream.ts';

/** read: any query · write: make, change, delete · moderate: disconnect, revoke, stop, put metadata · token · secret */
export const scopes = ['ivs:read', 'ivs:write', 'ivs:moderate', 'ivs:token', 'ivs:secret'] as const;
export type Scope = (typeof scopes)[number];

/** Identity and permissions of the caller. */
export interface Caller {
  /** The issuer of the subject; undefined without authentication. Two issuers may have the same subjects. */
  issuer?: string | undefined;
  /** For the log and for limits: the token's subject, or the address without authentication. */
  subject: string;
  scopes: ReadonlySet<Scope>;
  /** ARN patterns with `*`, from the claim `ivs_resources`: all that may be read or written. Undefined: no bounds. */
  resources?: readonly string[] | undefined;
  /** From the claim `ivs_user`: the only user whom the caller may let onto a stage. */
  user?: string | undefined;
  /** When the token ends, in milliseconds since 1970. */
  expiresAt?: number | undefined;
}

/** Without authentication, every caller has full access. */
export const anonymous = (subject: string): Caller => ({ subject, scopes: allScopes });
const allScopes: ReadonlySet<Scope> = new Set(scopes);

/** What AWS returned for the writes of one mutation, and what else its audit line has. */
export interface Trail {
  arns: string[];
  awsRequestIds: string[];
  counts: Record<string, number>;
  /** Of a bulk mutation: what it did, and what it did not. */
  items?: { done: readonly object[]; failures: readonly { item: object; code: string }[] };
  /** The error's code, if it failed. */
  failure?: string;
}

/** A requested mutation, whatever its outcome. Nothing in it is secret or names a viewer. */
interface AuditEntry extends Pick<Trail, 'arns' | 'awsRequestIds'> {
  mutation: string;
  /** As in a token's claim: several are parted by spaces. */
  scope: string;
  /** `ok`; the error's code; of many that succeed or fail one by one `partial` or `failed`. */
  outcome: string;
  /** Of a creation: where it was to be. The account is absent where one is served. */
  account?: string | undefined;
  region?: string | undefined;
  participantIds?: readonly string[];
  /** The first items of a bulk mutation that failed. */
  failures?: readonly object[];
  durationMs: number;
}

/** What is the client's request's, and the same for all of its operations, which may run side by side. */
export interface RequestContext {
  /** Where lists go that name neither a region nor an ARN. */
  defaultTarget: Target;
  /** Logs failures that are data in the response, not errors. */
  log: {
    warn(details: object, message: string): void;
    /** Once for each `what`, as long as the gateway runs. */
    warnOnce(what: object, details: object, message: string): void;
  };
  caller: Caller;
  /** What the caller may name and see. */
  bounds: Bounds;
  /** When it ends, so does all that is done for the request. */
  signal: AbortSignal;
  /** What subscriptions listen to. */
  feeds: LiveFeeds;
  audit(entry: AuditEntry): void;
  /** The way to AWS for one operation, with a deadline and a ledger of its own. */
  openUpstream(): UpstreamRequest;
}

/** What a resolver gets: its request, and what is one operation's: a query's, a mutation's or one event's of a subscription. */
export interface Context extends RequestContext, UpstreamRequest {
  /** Of the mutation field that runs now. */
  trail: Trail;
  /** What the operation has read, by the function that made it (`readCache`). A write clears it. */
  reads: Map<unknown, unknown>;
  /** What holds for the whole operation, by the function that made it (`operationCache`). No write clears it. */
  facts: Map<unknown, unknown>;
  /** The client takes the response in parts, and wants each as soon as it is known. */
  inParts?: boolean;
}

export interface RequestContextOptions extends RequestOptions {
  upstream: Upstream;
  feeds: LiveFeeds;
  defaultTarget: Target;
  caller: Caller;
  log: RequestContext['log'];
  audit: RequestContext['audit'];
}

export function createRequestContext({
  upstream,
  feeds,
  defaultTarget,
  caller,
  log,
  audit,
  signal,
  ...request
}: RequestContextOptions): RequestContext {
  const bounds = new Bounds(caller.resources);
  const openUpstream = (): UpstreamRequest => {
    const opened = upstream.open({ ...request, signal });
    return {
      ...opened,
      send: guard(opened.send, caller, bounds),
      sendOnce: guard(opened.sendOnce, caller, bounds),
      sendToEnd: guard(opened.sendToEnd, caller, bounds),
      revealSecrets: () => {
        if (caller.scopes.has('ivs:secret')) opened.revealSecrets();
      },
    };
  };
  return { defaultTarget, log, caller, bounds, signal, feeds, audit, openUpstream };
}

/** A context for one operation. Takes of `request` only what is the request's: it may be the context of another operation. */
export const createOperationContext = ({
  defaultTarget,
  log,
  caller,
  bounds,
  signal,
  feeds,
  audit,
  openUpstream,
}: RequestContext): Context => ({
  defaultTarget,
  log,
  caller,
  bounds,
  signal,
  feeds,
  audit,
  openUpstream,
  ...openUpstream(),
  trail: newTrail(),
  reads: new Map(),
  facts: new Map(),
  // Pothos keeps what its plugins know of an operation under this.
  ...initContextCache(),
});

export const newTrail = (): Trail => ({ arns: [], awsRequestIds: [], counts: {} });

/** Makes one value for each operation, such as a loader, and a new one after each write of the operation. */
export const readCache = <Value>(create: (context: Context) => Value): ((context: Context) => Value) =>
  cacheIn('reads', create);

/** Makes one value for each operation, which its writes do not clear. */
export const operationCache = <Value>(create: (context: Context) => Value): ((context: Context) => Value) =>
  cacheIn('facts', create);

function cacheIn<Value>(member: 'reads' | 'facts', create: (context: Context) => Value) {
  return (context: Context): Value => {
    const cache = context[member];
    if (!cache.has(create)) cache.set(create, create(context));
    return cache.get(create) as Value;
  };
}
