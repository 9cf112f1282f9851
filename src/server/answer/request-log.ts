// The log of resolvers: each line has the names of the request and its caller.
import type { Logger } from 'pino';
import type { Context } from '../../context.ts';
import { namesOf, type RequestNames } from '../http/request-id.ts';
import type { Authenticated } from '../identity/authentication.ts';

/** Of lines that are written once. */
const MAX_KNOWN = 1_000;

export function requestLog(log: Logger): (request: RequestNames & Authenticated) => Context['log'] {
  const known = new Set<string>();
  return (request) => {
    const warn = (details: object, message: string) => {
      const { issuer, subject } = request.caller;
      log.warn({ ...namesOf(request), issuer, subject, ...details }, message);
    };
    return {
      warn,
      warnOnce: (what, details, message) => {
        const key = JSON.stringify(what);
        if (known.has(key) || known.size >= MAX_KNOWN) return;
        known.add(key);
        warn({ ...what, ...details }, message);
      },
    };
  };
}
