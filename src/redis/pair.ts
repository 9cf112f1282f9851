// The two connections of a replica, to the same node: one for commands, and one that listens, which can do nothing else.
// Redis serves each in order. So what the scripts of others have published is received before the response to a later `ping`,
// but only from the node that ran them: on another node of a cluster messages arrive some time later.
import { EventEmitter } from 'node:events';
import type { Redis as Client } from 'ioredis';
import { memberOf } from './ask.ts';
import { type Connection, openConnection } from './connection.ts';
import { kindOf, selectDatabase, within } from './failures.ts';
import type { ChangingPassword } from './password.ts';
import { Primary } from './primary.ts';
import { type Argument, evaluate, type Publishing } from './scripts.ts';
import type { RedisAddress } from './url.ts';

interface Options {
  address: RedisAddress;
  /** In place of that of the address. */
  password?: ChangingPassword | undefined;
  /** What decides in a cluster where the keys are. */
  tag: string;
  /** On which the scripts publish. */
  channel: string;
  timeoutMs: number;
  leastPauseMs: () => number;
}

interface Events {
  connected: [];
  error: [Error];
  lost: [Error];
  message: [string];
}

/** A connection, and whether it can do what it is there for. */
interface Side extends Connection {
  isPrepared: boolean;
}

/** Each connection to whichever node reads it anew. */
const withPassword = (address: RedisAddress, password: ChangingPassword): RedisAddress =>
  Object.defineProperty({ ...address }, 'password', { get: () => password.value, enumerable: true });

/** Another node has become the primary. */
const isElsewhere = (error: Error): boolean => /^(MOVED|READONLY)$/.test(kindOf(error) ?? '');

export class ConnectionPair extends EventEmitter<Events> {
  readonly #options: Options;
  readonly #primary: Primary;
  readonly #commands: Side;
  readonly #subscriber: Side;
  #publishing: Publishing = 'plain';

  constructor(options: Options) {
    super();
    const { password } = options;
    const address = password ? withPassword(options.address, password) : options.address;
    this.#options = { ...options, address };
    this.#primary = new Primary(address, options.tag);
    this.#commands = this.#open((client) => this.#begin(client));
    this.#subscriber = this.#open((client) => this.#listen(client));
    password?.onChange((value) => this.#renew(value));
    const receive = (_channel: string, text: string) => this.emit('message', text);
    // A slot that is moved to another node takes its subscriptions back.
    this.#subscriber.client
      .on('message', receive)
      .on('smessage', receive)
      .on('moved', () => this.reconnect());
  }

  get client(): Client {
    return this.#commands.client;
  }

  isConnected(): boolean {
    const [commands, subscriber] = [this.#commands, this.#subscriber];
    return commands.isPrepared && subscriber.isPrepared && commands.node() === subscriber.node();
  }

  async evaluate(lua: string, keys: string[], args: Argument[]): Promise<unknown> {
    const { channel, timeoutMs } = this.#options;
    const script = { lua, publishing: this.#publishing, keys: [...keys, channel], args, timeoutMs };
    try {
      return await evaluate(this.client, script);
    } catch (error) {
      if (isElsewhere(error as Error)) {
        if (kindOf(error as Error) === 'MOVED') this.#primary.noticeCluster();
        this.reconnect();
      }
      throw error;
    }
  }

  /** Resolves when the subscriber has received all that was published before. */
  async ping(): Promise<void> {
    await this.#inTime(this.#subscriber.client.ping());
  }

  memory(): Promise<string> {
    return this.#inTime(this.client.info('memory'));
  }

  /** A connection may be dead without notice, or lead to a node that is no primary any more; a new one shows it. */
  reconnect(): void {
    for (const side of [this.#commands, this.#subscriber]) side.reconnect();
  }

  close(): void {
    for (const { client } of [this.#commands, this.#subscriber]) client.disconnect();
  }

  /**
   * For the next connections, and for those of now: AWS closes a connection 12 hours after its last AUTH. One that Redis refuses
   * lasts as long as it would have.
   */
  #renew(password: string): void {
    const { username = 'default' } = this.#options.address;
    for (const { client } of [this.#commands, this.#subscriber]) {
      client.options.password = password;
      if (client.status === 'ready') client.auth(username, password).catch(() => {});
    }
  }

  #open(prepare: (client: Client) => Promise<unknown>): Side {
    const { address, leastPauseMs } = this.#options;
    const connection = openConnection({ address, primary: this.#primary, leastPauseMs });
    const side: Side = { ...connection, isPrepared: false };
    side.client
      .on('error', (error) => this.emit('error', error))
      .on('ready', () => void this.#prepare(side, prepare))
      .on('close', () => this.#markClosed(side));
    return side;
  }

  async #prepare(side: Side, prepare: (client: Client) => Promise<unknown>): Promise<void> {
    try {
      await prepare(side.client);
      side.isPrepared = side.client.status === 'ready';
      const other = this.#other(side);
      // A failover lies between them.
      if (other.isPrepared && other.node() !== side.node()) other.reconnect();
      if (this.isConnected()) this.emit('connected');
    } catch (error) {
      this.emit('lost', error as Error);
      side.reconnect();
    }
  }

  #markClosed(side: Side): void {
    const wasPrepared = side.isPrepared;
    side.isPrepared = false;
    if (wasPrepared) this.#other(side).reconnect();
    this.emit('lost', new Error('closed'));
  }

  async #begin(client: Client): Promise<void> {
    await this.#inTime(selectDatabase(client, this.#options.address.database));
    this.#publishing = await this.#publishingOf(client);
  }

  async #listen(client: Client): Promise<unknown> {
    const { channel } = this.#options;
    const isSharded = (await this.#publishingOf(client)) === 'sharded';
    return this.#inTime(isSharded ? client.ssubscribe(channel) : client.subscribe(channel));
  }

  /** In a cluster all nodes receive what is published, unless it is published for one slot, which Redis 7 can. */
  async #publishingOf(client: Client): Promise<Publishing> {
    if (!this.#primary.isInCluster()) return 'plain';
    const version = memberOf(await this.#inTime(client.call('HELLO')), 'version') ?? '';
    return Number.parseInt(version, 10) >= 7 ? 'sharded' : 'plain';
  }

  #other(side: Side): Side {
    return side === this.#commands ? this.#subscriber : this.#commands;
  }

  /** Of one round trip. A time for several would run out while this process is busy: of two responses only one can lie there. */
  #inTime<T>(answer: Promise<T>): Promise<T> {
    return within(this.#options.timeoutMs, answer);
  }
}
