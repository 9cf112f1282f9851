// One web socket: what it may hold, and the subscriptions on it.
import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import type { WebSocket } from 'ws';
import type { Frames } from './frames.ts';
import type { Sink } from './sinks.ts';

/** Where connections without a subscription are counted, and closed when there is no room. */
export interface Room {
  enter(): void;
  leave(): void;
}

/** The end of the token of a connection: its client connects again with another one. */
const FORBIDDEN = 4403;
const SERVICE_RESTART = 1012;
/** Of a client that sends without reading. */
const MAX_UNREAD_BYTES = 1024 * 1024;

export class Connection {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  headers: Record<string, string> = {};
  readonly #room: Room;
  readonly #left = new AbortController();
  #subscriptions = 0;
  #isAlive = true;

  constructor(socket: WebSocket, request: IncomingMessage, room: Room) {
    this.socket = socket;
    this.request = request;
    this.#room = room;
    // One for each operation.
    setMaxListeners(0, this.#left.signal);
    socket.on('pong', () => {
      this.#isAlive = true;
    });
    socket.on('close', () => this.#left.abort());
    // Of a frame that cannot be read: it closes by itself.
    socket.on('error', () => {});
  }

  get signal(): AbortSignal {
    return this.#left.signal;
  }

  get isUnread(): boolean {
    return this.socket.bufferedAmount > MAX_UNREAD_BYTES;
  }

  /** One that has not answered the last ping is lost. */
  ping(): void {
    if (!this.#isAlive) {
      this.socket.terminate();
      return;
    }
    this.#isAlive = false;
    this.socket.ping();
  }

  /** Clients connect again after this code. */
  restart(): void {
    this.socket.close(SERVICE_RESTART, 'Service restart');
  }

  /** Resolves when it is sent. */
  send(text: string): Promise<void> {
    return new Promise((resolve) => {
      if (this.socket.readyState !== this.socket.OPEN) resolve();
      else this.socket.send(text, () => resolve());
    });
  }

  /** Returns what ends it. */
  begin(): () => void {
    this.#subscriptions += 1;
    if (this.#subscriptions === 1) this.#room.leave();
    return () => {
      this.#subscriptions -= 1;
      if (this.#subscriptions === 0 && !this.signal.aborted) this.#room.enter();
    };
  }
}

/** Messages of one subscription on a web socket. `onComplete` has its end sent. */
export class WebSocketSink implements Sink {
  readonly transport = 'websocket';
  readonly pingSeconds = undefined;
  readonly #connection: Connection;
  readonly #head: string;
  readonly #onComplete: () => void;

  constructor(connection: Connection, id: string, onComplete: () => void) {
    this.#connection = connection;
    this.#head = `{"id":${JSON.stringify(id)},"type":"next","payload":`;
    this.#onComplete = onComplete;
  }

  queued(): number {
    return this.#connection.socket.bufferedAmount;
  }

  send({ payloads }: Frames): void {
    for (const { json } of payloads) this.#send(json);
  }

  ping(): void {}

  complete(error: string): void {
    const { socket } = this.#connection;
    this.#send(error);
    this.#onComplete();
    setImmediate(() => socket.close(FORBIDDEN, 'The token has expired'));
  }

  close(): void {
    this.#connection.restart();
  }

  destroy(): void {
    this.#connection.socket.terminate();
  }

  #send(json: string): void {
    const { socket } = this.#connection;
    if (socket.readyState === socket.OPEN) socket.send(`${this.#head}${json}}`);
  }
}
