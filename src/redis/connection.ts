// A connection to the primary that loses what it cannot send now, and tries again in the background.
import { createConnection, Socket } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { AbstractConnector, Redis as Client } from 'ioredis';
import { addressOf, type Primary } from './primary.ts';
import type { RedisAddress } from './url.ts';

const CONNECT_TIMEOUT_MS = 1000;
/** Until a node that accepts connections has responded: one that is stopped does accept them. */
const GREETING_TIMEOUT_MS = 2000;

export interface Connection {
  client: Client;
  /** The node that it leads to, or led to last. */
  node(): string | undefined;
  /** Closes it, and asks anew where the primary is. */
  reconnect(): void;
}

interface Options {
  address: RedisAddress;
  primary: Primary;
  leastPauseMs: () => number;
}

// ioredis, since a command that got no response ends there when the connection does: node-redis's own time-out stops
// once a command is written, and iovalkey is a fork of ioredis for Valkey, to which both speak. Not its `Cluster`, which
// sends commands again after a failover and has connections to nodes that have none of our keys: see decision 7.
export function openConnection({ address, primary, leastPauseMs }: Options): Connection {
  const { isTls, username, password } = address;
  const at: { node?: string } = {};
  const client = new Client({
    Connector: connectorTo(primary, isTls, (node) => (at.node = node)),
    ...(isTls && { tls: {} }),
    ...(username && { username }),
    ...(password && { password }),
    db: address.database,
    connectTimeout: CONNECT_TIMEOUT_MS,
    // CLIENT SETINFO: the user would need a permission, and of a refused connection the reason is lost (findings/)
    disableClientInfo: true,
    // Not all at once: those who lost it together come back apart.
    retryStrategy: () => Math.max(200 + 300 * Math.random(), leastPauseMs()),
    // What cannot be sent now, or was sent and got no response, is of no use later.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
  });
  const reconnect = () => {
    if (client.status === 'connect' || client.status === 'ready') client.disconnect(true);
  };
  client.on('connect', () => {
    const timer = setTimeout(
      () => setImmediate(() => client.status === 'connect' && reconnect()),
      GREETING_TIMEOUT_MS,
    );
    for (const event of ['ready', 'close']) client.once(event, () => clearTimeout(timer));
  });
  return { client, node: () => at.node, reconnect };
}

/** ioredis connects through it each time anew. */
const connectorTo = (primary: Primary, isTls: boolean, onNode: (node: string) => void) =>
  class extends AbstractConnector {
    #isWanted = true;
    constructor() {
      super(0);
    }

    async connect(): Promise<Socket> {
      this.#isWanted = true;
      delete this.firstError;
      this.stream = await this.#open();
      this.stream.once('error', (error: Error) => (this.firstError = error));
      return this.stream;
    }

    /** At once: a node that is gone closes nothing. */
    override disconnect(): void {
      this.#isWanted = false;
      this.stream?.destroy();
    }

    async #open(): Promise<Socket> {
      try {
        const node = await primary.find();
        onNode(addressOf(node));
        if (this.#isWanted) return isTls ? connectTls({ ...node }) : createConnection(node);
      } catch (error) {
        this.firstError = error as Error;
      }
      // With a rejection, ioredis would not try again; with a socket that is closed it does.
      return new Socket().destroy();
    }
  };
