// One line for each response, at level debug: operation, duration, number of calls, and outcome.
import type { Logger } from 'pino';
import { namesOf } from '../http/request-id.ts';
import { type Answered, type AnsweredPlugin, onAnswered } from './answered.ts';

/** Its client has chosen it, and it could be as long as a document. */
const MAX_NAME = 100;

export function useAccessLog(log: Logger, path: string): AnsweredPlugin | false {
  const write = accessLog(log);
  return write ? onAnswered(write, path) : false;
}

/** Undefined unless the log level is debug. */
export function accessLog(log: Logger): ((answered: Answered) => void) | undefined {
  if (!log.isLevelEnabled('debug')) return undefined;
  return ({ names, operationName, kind, outcome, codes, status, seconds, calls }) =>
    log.debug(
      {
        ...namesOf(names),
        operation: operationName?.slice(0, MAX_NAME),
        kind,
        status,
        outcome,
        // An error of AWS that became none of the client's has no code here.
        ...(codes.size > 0 && { codes: [...codes] }),
        calls: calls?.() ?? 0,
        durationMs: Math.round(seconds * 1000),
      },
      'request',
    );
}
