// Bounds how long a client may take to read a response. Unread, the response would stay in memory for as long as it likes.
import type { ServerResponse } from 'node:http';

/** Closes the connection when nothing of a response is read for `readMs`, or not all of it `readMs` after its end. */
export function boundReading(response: ServerResponse, readMs: number): void {
  let seen = -1;
  const look = setInterval(() => {
    const written = response.socket?.bytesWritten ?? 0;
    // More is only written when what was written has been taken.
    if (response.writableNeedDrain && written === seen) response.destroy();
    seen = written;
  }, readMs).unref();
  response.once('close', () => clearInterval(look));
  response.once('prefinish', () => {
    const late = setTimeout(() => response.destroy(), readMs);
    response.once('close', () => clearTimeout(late));
  });
}
