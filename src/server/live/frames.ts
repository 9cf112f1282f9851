// What subscribers are sent. Each form is made once, when the first subscriber needs it, and the same bytes go to all.

interface Payload {
  cursor: string | undefined;
  /** An execution result. */
  json: string;
}

/** The results of one message, or of several that are sent together. */
export class Frames {
  readonly payloads: readonly Payload[];
  readonly #bytes = new Map<Framing, Bytes>();

  constructor(payloads: readonly Payload[]) {
    this.payloads = payloads;
  }

  static join(all: readonly Frames[]): Frames {
    const [first, ...others] = all;
    return first && others.length === 0 ? first : new Frames(all.flatMap(({ payloads }) => payloads));
  }

  as(framing: Framing): Bytes {
    const known = this.#bytes.get(framing);
    if (known) return known;
    const made = bytesOf(this.payloads.map(framing.next).join(''));
    this.#bytes.set(framing, made);
    return made;
  }
}

/** `body` is a part of `chunk`, which is how HTTP/1.1 sends it. */
export interface Bytes {
  body: Buffer;
  chunk: Buffer;
}

function bytesOf(text: string): Bytes {
  const head = `${Buffer.byteLength(text).toString(16)}\r\n`;
  const chunk = Buffer.from(`${head}${text}\r\n`);
  return { chunk, body: chunk.subarray(head.length, -2) };
}

/** A way of writing messages into the body of a response. */
export interface Framing {
  readonly name: 'sse' | 'multipart';
  readonly headers: Readonly<Record<string, string>>;
  readonly opening: Bytes;
  readonly ping: Bytes;
  readonly pingSeconds: number;
  next(payload: Payload): string;
  /** After the last message of all. A stream that ends without it is continued by clients. */
  readonly complete: string;
  /** An error that ends the stream. */
  fatal(json: string): string;
}

/** https://html.spec.whatwg.org/multipage/server-sent-events.html, with the events of graphql-sse's protocol. */
export const sse: Framing = {
  name: 'sse',
  headers: {
    'content-type': 'text/event-stream',
    'cache-control': 'no-cache',
    // nginx would collect events until its buffer is full.
    'x-accel-buffering': 'no',
  },
  // Some browsers show nothing of a response before its first bytes.
  opening: bytesOf(':\n\nretry: 3000\n\n'),
  ping: bytesOf(':\n\n'),
  pingSeconds: 12,
  next: ({ cursor, json }) =>
    `${cursor === undefined ? '' : `id: ${cursor.replace(/[\r\n\0]/g, '')}\n`}event: next\ndata: ${json}\n\n`,
  complete: 'event: complete\ndata:\n\n',
  fatal: (json) => `event: next\ndata: ${json}\n\n`,
};

const PART = '\r\nContent-Type: application/json\r\n\r\n';
const BOUNDARY = '\r\n--graphql';

/** https://www.apollographql.com/docs/graphos/routing/operations/subscriptions/multipart-protocol */
export const multipart: Framing = {
  name: 'multipart',
  headers: {
    'content-type': 'multipart/mixed;boundary="graphql";subscriptionSpec="1.0"',
    'cache-control': 'no-cache',
    'x-accel-buffering': 'no',
  },
  // Clients read a part when the boundary after it arrives.
  opening: bytesOf(BOUNDARY),
  ping: bytesOf(`${PART}{}${BOUNDARY}`),
  pingSeconds: 5,
  next: ({ json }) => `${PART}{"payload":${json}}${BOUNDARY}`,
  complete: '--\r\n',
  fatal: (json) => `${PART}{"payload":null,${json.slice(1)}${BOUNDARY}`,
};

export const lastBytes = (framing: Framing, error: string): Bytes =>
  bytesOf(framing.fatal(error) + framing.complete);
