// Where the events of one subscriber go.
import type { ServerResponse } from 'node:http';
import { type Bytes, type Frames, type Framing, lastBytes } from './frames.ts';

export type Transport = Framing['name'] | 'websocket';

export interface Sink {
  readonly transport: Transport;
  /** Undefined where its connection is looked after elsewhere. */
  readonly pingSeconds: number | undefined;
  /** Bytes that wait for the client. */
  queued(): number;
  send(frames: Frames): void;
  ping(): void;
  /** The subscription is over; `error` is an execution result that says why. */
  complete(error: string): void;
  /** The client is to come back elsewhere. */
  close(): void;
  /** Nothing more can be written. */
  destroy(): void;
}

/** Writes to node's response: no stream or promise is between an event and the socket. */
export class ResponseSink implements Sink {
  readonly #response: ServerResponse;
  readonly #framing: Framing;

  constructor(response: ServerResponse, framing: Framing) {
    this.#response = response;
    this.#framing = framing;
    response.write(framing.opening.body);
  }

  get transport(): Transport {
    return this.#framing.name;
  }

  get pingSeconds(): number {
    return this.#framing.pingSeconds;
  }

  queued(): number {
    return this.#response.writableLength;
  }

  send(frames: Frames): void {
    this.#write(frames.as(this.#framing));
  }

  ping(): void {
    this.#write(this.#framing.ping);
  }

  complete(error: string): void {
    this.#write(lastBytes(this.#framing, error));
    this.#response.end();
  }

  close(): void {
    this.#response.end();
  }

  destroy(): void {
    this.#response.destroy();
  }

  /**
   * Past the response, which would write each chunk in four pieces. In the turn of its opening it is corked, and Node since
   * 24.22 has the headers in it until then: what goes to the socket would overtake them (findings/).
   */
  #write({ chunk, body }: Bytes): void {
    const { socket, chunkedEncoding, writableCorked } = this.#response;
    if (!socket?.writable) return;
    if (writableCorked > 0) this.#response.write(body);
    else socket.write(chunkedEncoding ? chunk : body);
  }
}

/** Of the stream's own queue. */
const QUEUE_BYTES = 1024 * 1024;

/** For requests without a socket. */
export class StreamSink implements Sink {
  readonly #framing: Framing;
  #controller: ReadableStreamDefaultController<Uint8Array> | undefined;
  readonly body: ReadableStream<Uint8Array>;

  constructor(framing: Framing, onCancel: () => void) {
    this.#framing = framing;
    this.body = new ReadableStream<Uint8Array>(
      {
        start: (controller) => {
          this.#controller = controller;
          controller.enqueue(framing.opening.body);
        },
        cancel: () => {
          this.#controller = undefined;
          onCancel();
        },
      },
      { highWaterMark: QUEUE_BYTES, size: (chunk) => chunk?.byteLength ?? 0 },
    );
  }

  get transport(): Transport {
    return this.#framing.name;
  }

  get pingSeconds(): number {
    return this.#framing.pingSeconds;
  }

  queued(): number {
    return QUEUE_BYTES - (this.#controller?.desiredSize ?? QUEUE_BYTES);
  }

  send(frames: Frames): void {
    this.#controller?.enqueue(frames.as(this.#framing).body);
  }

  ping(): void {
    this.#controller?.enqueue(this.#framing.ping.body);
  }

  complete(error: string): void {
    this.#controller?.enqueue(lastBytes(this.#framing, error).body);
    this.close();
  }

  close(): void {
    this.#controller?.close();
    this.#controller = undefined;
  }

  /** An error without a handler would be an uncaught one. */
  destroy(): void {
    this.close();
  }
}
