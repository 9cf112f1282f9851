// What a failed request means for the user of the page.
import { CombinedGraphQLErrors, ServerError } from '@apollo/client';

export interface Failure {
  kind: 'unauthenticated' | 'throttled' | 'unreachable' | 'refused';
  message: string;
}

interface ResponseError {
  message: string;
  extensions?: { code?: string; retryAfterMs?: number };
}

export function failureOf(error: unknown): Failure | undefined {
  if (!error) return undefined;
  const [first] = errorsOf(error);
  if (!first) return { kind: 'unreachable', message: 'The gateway cannot be reached. Trying again.' };
  const { code, retryAfterMs } = first.extensions ?? {};
  if (code === 'UNAUTHENTICATED') return { kind: 'unauthenticated', message: first.message };
  if (code === 'THROTTLED')
    return { kind: 'throttled', message: `AWS takes no more calls just now. ${inSeconds(retryAfterMs)}` };
  return { kind: 'refused', message: first.message };
}

/** Codes that a later try may not have. */
const PASSING = ['THROTTLED', 'UPSTREAM_TIMEOUT', 'UPSTREAM_UNAVAILABLE', 'INTERNAL_SERVER_ERROR'];
/** Close codes of graphql-transport-ws: the token or the request is wrong. */
const FINAL_CLOSES = [4400, 4401, 4403];

/** Why a subscription has ended for good; undefined where it can be tried again. */
export function refusalOf(error: unknown): Failure | undefined {
  if (error instanceof CloseEvent && FINAL_CLOSES.includes(error.code))
    return { kind: 'unauthenticated', message: error.reason };
  if (!Array.isArray(error)) return undefined;
  const [{ message, extensions }] = error as [ResponseError];
  const code = extensions?.code ?? '';
  if (PASSING.includes(code)) return undefined;
  return { kind: code === 'UNAUTHENTICATED' ? 'unauthenticated' : 'refused', message };
}

/** A refused request (401, 429) may come with GraphQL errors in a body that Apollo Client leaves as text. */
function errorsOf(error: unknown): readonly ResponseError[] {
  if (CombinedGraphQLErrors.is(error)) return error.errors as ResponseError[];
  if (!ServerError.is(error)) return [];
  try {
    return (JSON.parse(error.bodyText) as { errors?: ResponseError[] }).errors ?? [];
  } catch {
    return [];
  }
}

const inSeconds = (ms = 1000): string => `Trying again in ${Math.max(1, Math.ceil(ms / 1000))} s.`;
