// The web socket of all subscriptions: it opens with the first one and closes after the last one.
import { createClient } from 'graphql-ws';
import { readToken } from '../token.ts';

const PING_MS = 10_000;
const PONG_MS = 5_000;

let isOpen = false;
let heardAt: Date | undefined;
let pongTimer: ReturnType<typeof setTimeout>;

export const connection = createClient({
  url: () => `${location.origin.replace(/^http/, 'ws')}/graphql`,
  connectionParams: () => {
    const token = readToken();
    return token ? { authorization: `Bearer ${token}` } : {};
  },
  // The library would send the same variables again. follow.ts continues behind the last cursor.
  retryAttempts: 0,
  // From one page to the next.
  lazyCloseTimeout: 1_000,
  keepAlive: PING_MS,
  connectionAckWaitTimeout: PING_MS,
  on: {
    connected: () => {
      isOpen = true;
      heardAt = new Date();
    },
    closed: () => {
      isOpen = false;
      clearTimeout(pongTimer);
    },
    message: () => {
      heardAt = new Date();
    },
    // A connection can be lost without a word, such as in a sleeping laptop.
    ping: (isReceived) => {
      if (!isReceived) pongTimer = setTimeout(() => connection.terminate(), PONG_MS);
    },
    pong: (isReceived) => {
      if (isReceived) clearTimeout(pongTimer);
    },
  },
});

/** When the gateway has last sent something. */
export const lastHeard = (): Date | undefined => heardAt;

/** Calls `act` when the gateway has accepted the connection. Returns what stops that. */
export function whenOpen(act: () => void): () => void {
  if (isOpen) act();
  return isOpen ? () => {} : connection.on('connected', act);
}
