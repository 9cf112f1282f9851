import { namesOf } from '../http/request-id.js';
import { onAnswered } from './answered.js';
/** Its client has chosen it, and it could be as long as a document. */
const MAX_NAME = 100;
export function useAccessLog(log) {
    const tell = accessLog(log);
    return tell ? onAnswered(tell) : false;
}
/** Undefined where nobody reads it. */
export function accessLog(log) {
    if (!log.isLevelEnabled('debug'))
        return undefined;
    return ({ names, operationName, kind, outcome, codes, status, seconds, calls }) => log.debug({
        ...namesOf(names),
        operation: operationName?.slice(0, MAX_NAME),
        kind,
        status,
        outcome,
        // An error of AWS that became none of the client's has no code here.
        ...(codes.size > 0 && { codes: [...codes] }),
        calls: calls?.() ?? 0,
        durationMs: Math.round(seconds * 1000),
    }, 'request');
}
