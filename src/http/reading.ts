// Bounds how long a client may take to read a response. Unread, the response would stay in memory for as long as it likes.
import type { ServerResponse } from 'node:http';
import { untilEnd } from './until-end.ts';

/** Responses are checked so many times within the bound: most are sent before the first check. */
const LOOKS = 4;

interface Seen {
  bytes: number;
  at: number;
}

/**
 * Closes the connection when nothing of a response is read for `readMs`, or not all of it `readMs` after its end. To be
 * called with each response.
 */
export function readingBound(readMs: number): (response: ServerResponse) => void {
  const open = new Set<ServerResponse>();
  const seen = new WeakMap<ServerResponse, Seen>();
  let looking: NodeJS.Timeout | undefined;

  /** The start of the wait for the client. */
  const standsSince = (response: ServerResponse, now: number): number => {
    const before = seen.get(response);
    const bytes = response.writableEnded ? Number.POSITIVE_INFINITY : (response.socket?.bytesWritten ?? 0);
    // More is only written when what was written has been taken.
    const isWaiting = response.writableEnded || response.writableNeedDrain;
    if (before?.bytes === bytes && isWaiting) return before.at;
    seen.set(response, { bytes, at: now });
    return now;
  };

  const look = () => {
    const now = performance.now();
    for (const response of open) if (now - standsSince(response, now) >= readMs) response.destroy();
    if (open.size > 0) return;
    clearInterval(looking);
    looking = undefined;
  };

  return (response) => {
    open.add(response);
    untilEnd(response, () => open.delete(response));
    looking ??= setInterval(look, readMs / LOOKS).unref();
  };
}
