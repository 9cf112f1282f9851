import type { ServerResponse } from 'node:http';

type Write = (this: ServerResponse, chunk?: unknown, ...rest: unknown[]) => boolean;
type End = (this: ServerResponse, chunk?: unknown, ...rest: unknown[]) => ServerResponse;

/** Calls `onEnd` with the bytes of the body when they are complete; undefined where there are too many. */
export function captureBody(
  response: ServerResponse,
  maxBytes: number,
  onEnd: (body: Buffer | undefined) => void,
): void {
  let chunks: Buffer[] | undefined = [];
  let bytes = 0;
  const take = (chunk: unknown, encoding: unknown) => {
    if (!chunks || (typeof chunk !== 'string' && !(chunk instanceof Uint8Array))) return;
    const taken =
      typeof chunk === 'string'
        ? Buffer.from(chunk, typeof encoding === 'string' ? (encoding as BufferEncoding) : 'utf8')
        : Buffer.from(chunk);
    bytes += taken.length;
    if (bytes > maxBytes) chunks = undefined;
    else chunks.push(taken);
  };
  const write = response.write as Write;
  const end = response.end as End;
  response.write = function (this: ServerResponse, chunk?: unknown, ...rest: unknown[]) {
    take(chunk, rest[0]);
    return write.call(this, chunk, ...rest);
  } as ServerResponse['write'];
  response.end = function (this: ServerResponse, chunk?: unknown, ...rest: unknown[]) {
    take(chunk, rest[0]);
    const ended = end.call(this, chunk, ...rest);
    onEnd(chunks && Buffer.concat(chunks));
    return ended;
  } as ServerResponse['end'];
}

type WriteHead = (this: ServerResponse, status: number, ...rest: unknown[]) => ServerResponse;

/** Makes `getHeaders` return headers that are given to `writeHead` alone, as those of an untouched response are. */
export function captureHeaders(response: ServerResponse): void {
  const writeHead = response.writeHead as WriteHead;
  response.writeHead = function (this: ServerResponse, status: number, ...rest: unknown[]) {
    const headers = rest.at(-1);
    if (typeof headers !== 'object' || headers === null || Array.isArray(headers))
      return writeHead.call(this, status, ...rest);
    for (const [name, value] of Object.entries(headers)) this.setHeader(name, value);
    return writeHead.call(this, status, ...rest.slice(0, -1));
  } as ServerResponse['writeHead'];
}
