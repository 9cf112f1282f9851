// The body of a request, if all of it is there when its first bytes are. A slow one is read by whoever bounds slow bodies.
import type { IncomingMessage } from 'node:http';

/** One byte a character. Undefined where it is not there; what is taken is to be put back (`request.unshift`). */
export const takeBody = (request: IncomingMessage, length: number): Buffer | undefined =>
  request.readableLength === length ? (request.read() ?? EMPTY) : undefined;

const EMPTY = Buffer.alloc(0);

/** Comes back when something of the body is there. */
export const someOf = (request: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    if (request.readableLength > 0 || request.destroyed) return resolve();
    request.once('readable', resolve);
    request.once('close', resolve);
  });
