// Attributes a failure: alarms are for faults of the gateway and AWS, not for invalid requests.
import { GraphQLError } from 'graphql';
import { UpstreamError } from '../../upstream/errors.ts';

/**
 * `client_error`: invalid, forbidden or not found; `throttled`: the quota could not serve all in time; `upstream_error`: AWS,
 * or the way to it, failed; `error`: the gateway did; `partial`: one of these three, but the response has data of AWS or a
 * cache as well; `cancelled`: the caller left; `refused`: it was not executed.
 */
export type Outcome =
  | 'ok'
  | 'partial'
  | 'client_error'
  | 'throttled'
  | 'upstream_error'
  | 'error'
  | 'cancelled'
  | 'refused';

/** From the least to the worst. */
const FAILURES = ['client_error', 'throttled', 'upstream_error', 'error'] as const;
type Failure = (typeof FAILURES)[number];

const UPSTREAM = /^(UPSTREAM_\w+|STREAM_UNAVAILABLE)$/;

/** As the client gets it: before execution ends, what will be masked is not masked yet. */
export function codeOf({ originalError, extensions }: GraphQLError): string {
  const isMasked =
    originalError && !(originalError instanceof GraphQLError) && !(originalError instanceof UpstreamError);
  if (isMasked) return 'INTERNAL_SERVER_ERROR';
  return typeof extensions.code === 'string' ? extensions.code : 'BAD_USER_INPUT';
}

function failureOf(code: string): Failure {
  if (code === 'INTERNAL_SERVER_ERROR') return 'error';
  if (code === 'THROTTLED') return 'throttled';
  return UPSTREAM.test(code) ? 'upstream_error' : 'client_error';
}

interface Ended {
  codes: readonly string[];
  /** The response has data from AWS or a cache. */
  isServed: boolean;
  signal: AbortSignal;
}

/** Of a limit that is checked before execution. */
const REFUSED = /^QUERY_TOO_\w+$/;

export function outcomeOf({ codes, isServed, signal }: Ended): Outcome {
  if (codes.some((code) => REFUSED.test(code))) return 'refused';
  const failures = codes.map(failureOf);
  const worst = FAILURES.findLast((failure) => failures.includes(failure));
  if (!worst) return 'ok';
  // Failures after the client has left are its own.
  if (signal.aborted) return 'cancelled';
  return worst !== 'client_error' && isServed ? 'partial' : worst;
}
