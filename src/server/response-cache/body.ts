// The body of a request, if all of it arrives at once. The engine reads slow bodies, which it bounds.
import type { IncomingMessage } from 'node:http';

/** Undefined where it is incomplete. `request.unshift` puts it back. */
export const takeBody = (request: IncomingMessage, length: number): Buffer | undefined =>
  request.readableLength === length ? (request.read() ?? EMPTY) : undefined;

const EMPTY = Buffer.alloc(0);

/** Resolves when the first bytes of the body are there. */
export const someOf = (request: IncomingMessage): Promise<void> =>
  new Promise((resolve) => {
    if (request.readableLength > 0 || request.destroyed) return resolve();
    request.once('readable', resolve);
    request.once('close', resolve);
  });

/**
 * For the engine, which takes `request.body` instead of reading the stream into a second request: a sixth of its time for a
 * short query. What is no JSON object it reads and refuses by itself.
 */
export function putBack(request: IncomingMessage, body: Buffer): void {
  request.unshift(body);
  try {
    const parsed: unknown = JSON.parse(body.toString());
    if (typeof parsed === 'object' && parsed !== null) Object.assign(request, { body: parsed });
  } catch {}
}
