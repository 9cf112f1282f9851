// A body that is sent slowly, in part, or both.
import type { ServerResponse } from 'node:http';
import { setImmediate, setTimeout } from 'node:timers/promises';

export interface Flow {
  /** The share of the body that is sent before the connection is closed. */
  truncate?: number | undefined;
  /** How long it takes. */
  dripMs?: number | undefined;
  /** The connection is reset, not closed. */
  isReset: boolean;
}

const MOST_PIECES = 100;
const READ_MS = 20;

/** After the headers. Ends early where the client leaves. */
export function sendInPieces(response: ServerResponse, body: string | Buffer, flow: Flow): void {
  response.flushHeaders();
  const left = new AbortController();
  response.once('close', () => left.abort());
  void sendPieces(response, Buffer.from(body), flow, left.signal).catch(() => {}); // the client left
}

async function sendPieces(
  response: ServerResponse,
  body: Buffer,
  { truncate, dripMs = 0, isReset }: Flow,
  signal: AbortSignal,
): Promise<void> {
  const length = truncate === undefined ? body.length : Math.floor(body.length * truncate);
  const count = dripMs === 0 ? 1 : Math.max(1, Math.min(MOST_PIECES, length));
  for (let piece = 0; piece < count; piece += 1) {
    if (dripMs > 0) await setTimeout(dripMs / count, undefined, { ref: false, signal });
    const [from, to] = [piece, piece + 1].map((part) => Math.floor((length * part) / count));
    await written(response, body.subarray(from, to));
  }
  if (truncate === undefined) response.end();
  else if (!isReset) response.socket?.destroySoon();
  else {
    await readByClient(signal);
    response.socket?.resetAndDestroy();
  }
}

/** A client in Node that finds bytes and the reset at once takes it for the end of the connection. */
async function readByClient(signal: AbortSignal): Promise<void> {
  await setTimeout(READ_MS, undefined, { ref: false, signal });
  // A client in this process reads between these
  for (let turn = 0; turn < 3; turn += 1) await setImmediate();
}

const written = (response: ServerResponse, piece: Buffer): Promise<void> =>
  new Promise((resolve) => {
    if (piece.length === 0) resolve();
    else response.write(piece, () => resolve());
  });
