// The connection to Redis or Valkey, through which the replicas of the gateway know of each other. Lost, it says so once
// and tries again in the background; commands are refused at once meanwhile.
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import type { Redis as Client } from 'ioredis';
import type { Logger } from 'pino';
import { kindOf, NoAnswerError, UnusableError } from './failures.ts';
import { ABSENT_AFTER_MS, HEARTBEAT_MS, JOIN, LEAVE, MEMBERS, SILENT_AFTER_MS } from './membership.ts';
import { Outage } from './outage.ts';
import { ConnectionPair } from './pair.ts';
import { type ChangingPassword, iamPassword } from './password.ts';
import type { Argument } from './scripts.ts';
import { type IamCache, parseRedisUrl, REDIS_URLS } from './url.ts';

export { UnusableError } from './failures.ts';

/** A response takes one millisecond or two; the rest is for machines that are busy with something else. */
const TIMEOUT_MS = 250;
/** A new connection is there by then. */
const RECONNECT_MS = 1000;

export interface RedisOptions {
  url: string;
  /** In place of that of the URL. */
  password?: ChangingPassword | undefined;
  /** Its tokens are the passwords of the user of the URL. */
  iam?: { cache: IamCache; region: string } | undefined;
  /**
   * In front of all keys; those with the same one, in the same database, are replicas of one another. A part in braces decides
   * where a cluster has the keys: all of a script must be on one node.
   */
  prefix: string;
  log: Pick<Logger, 'info' | 'warn'>;
  /** The time that scripts receive instead of Redis's own. */
  now?: (() => number) | undefined;
  /** How long a response may take. */
  timeoutMs?: number | undefined;
}

export class Redis {
  /** This replica's name among the others. */
  readonly id = randomUUID();
  readonly #options: RedisOptions;
  readonly #prefix: string;
  readonly #connections: ConnectionPair;
  #heartbeat: NodeJS.Timeout;
  readonly #events = new EventEmitter();
  readonly #topics = new EventEmitter();
  #isUp: boolean | undefined;
  #upSince = 0;
  #downSince = Number.NEGATIVE_INFINITY;
  #backAt = Number.NEGATIVE_INFINITY;
  #replicas = 1;
  #inFlight = 0;
  readonly #outage = new Outage(() => this.#options.password !== undefined);

  /** Comes back when it is known whether Redis is there. Rejects with an UnusableError for one that cannot be used as the URL says. */
  static async connect(options: RedisOptions): Promise<Redis> {
    const { iam } = options;
    const redis = new Redis(iam ? { ...options, password: await iamPassword(iam, options) } : options);
    await once(redis.#events, 'known');
    if (!(redis.#outage.lastError instanceof UnusableError)) return redis;
    await redis.close();
    throw redis.#outage.lastError;
  }

  private constructor(options: RedisOptions) {
    this.#options = options;
    const address = parseRedisUrl(options.url);
    if (!address) throw new UnusableError(`expected ${REDIS_URLS}, got another text`);
    // The database, too: what is published is heard in all of them.
    this.#prefix = `${options.prefix}${address.database}:`;
    this.#connections = new ConnectionPair({
      address,
      password: options.password,
      tag: this.#prefix,
      channel: this.keyOf('said'),
      timeoutMs: options.timeoutMs ?? TIMEOUT_MS,
      leastPauseMs: () => this.#outage.pauseMs,
    })
      .on('connected', () => void this.#join())
      .on('lost', (error) => this.#markDown(error))
      .on('error', (error) => {
        this.#outage.note(error);
        if (this.#isUp === false) this.#logReason(error);
      })
      .on('message', (text) => this.#receive(text));
    this.#heartbeat = this.#startHeartbeat();
  }

  /** For a library that counts in Redis by itself. */
  get client(): Client {
    return this.#connections.client;
  }

  /** What Redis does with keys when its memory is full; undefined where it does not say. */
  async evictionPolicy(): Promise<string | undefined> {
    const text = await this.#connections.memory().catch(() => '');
    return /^maxmemory_policy:([\w-]+)/m.exec(text)?.[1];
  }

  keyOf(name: string): string {
    return this.#prefix + name;
  }

  isUp(): boolean {
    return this.#isUp === true;
  }

  /** Others may not have found it yet. */
  isJustBack(): boolean {
    return performance.now() - this.#backAt < HEARTBEAT_MS;
  }

  /** How many replicas there are, this one included; while Redis is lost, how many there were. */
  replicas(): number {
    return this.#replicas;
  }

  /** While it is lost: until then the others count on hearing from this replica. */
  unnoticedMs(): number {
    return this.#replicas === 1 ? 0 : Math.max(0, this.#downSince + SILENT_AFTER_MS - performance.now());
  }

  /** Commands that wait for their response. */
  inFlight(): number {
    return this.#inFlight;
  }

  /** Runs a script, in one round trip once Redis knows it. A failure of any kind means that Redis is lost. */
  async run(lua: string, keys: string[], args: Argument[]): Promise<unknown> {
    if (!this.#isUp) throw new Error('Redis is lost');
    return this.#run(lua, keys, [...args, this.#options.now?.() ?? '']);
  }

  /** Receives what the scripts of all replicas `publish` on the topic. */
  listen(topic: string, listener: (text: string) => void): void {
    this.#topics.on(topic, listener);
  }

  /** Resolves when everything has been received that was published before: Redis serves each connection in order. */
  async catchUp(): Promise<void> {
    if (!this.#isUp) throw new Error('Redis is lost');
    await this.#count(this.#connections.ping());
  }

  /** Each time that the connection is restored: messages may have been missed meanwhile. */
  onBack(listener: () => void): void {
    this.#events.on('back', listener);
  }

  /** Before a time in which this process does not run: its share returns to the other replicas at once. */
  async pause(): Promise<void> {
    clearInterval(this.#heartbeat);
    if (this.#isUp) await this.#run(LEAVE, MEMBERS, [this.id, '']).catch(() => {});
  }

  /** Afterwards: this is a replica again, or has lost Redis. A connection may have been closed meanwhile. */
  async resume(): Promise<void> {
    this.#heartbeat = this.#startHeartbeat();
    await this.#join();
    if (this.#isUp || this.#outage.pauseMs > 0) return;
    const signal = AbortSignal.timeout(RECONNECT_MS);
    await once(this.#events, 'back', { signal }).catch(() => {});
  }

  async close(): Promise<void> {
    await this.pause();
    this.#isUp = false;
    this.#options.password?.close();
    this.#connections.close();
  }

  #startHeartbeat(): NodeJS.Timeout {
    return setInterval(() => {
      if (this.#connections.isConnected()) this.#join();
      else this.#markDown(new NoAnswerError('no answer'));
    }, HEARTBEAT_MS).unref();
  }

  #run(lua: string, keys: string[], args: Argument[]): Promise<unknown> {
    const names = keys.map((key) => this.keyOf(key));
    return this.#count(this.#connections.evaluate(lua, names, args));
  }

  async #count<T>(answer: Promise<T>): Promise<T> {
    this.#inFlight += 1;
    try {
      return await answer;
    } catch (error) {
      this.#markDown(error as Error);
      throw error;
    } finally {
      this.#inFlight -= 1;
    }
  }

  #receive(text: string): void {
    const end = text.indexOf('\n');
    this.#topics.emit(text.slice(0, end), text.slice(end + 1));
  }

  /** Says that this replica is there, and finds out whether Redis is. */
  async #join(): Promise<void> {
    if (!this.#connections.isConnected() || this.#outage.pauseMs > 0) return;
    try {
      const [replicas] = await Promise.all([
        this.#run(JOIN, MEMBERS, [this.id, '']),
        this.#connections.ping(),
      ]);
      if (this.#connections.isConnected()) this.#markUp(Number(replicas));
    } catch (error) {
      this.#markDown(error as Error);
      this.#connections.reconnect();
    }
  }

  #markUp(replicas: number): void {
    if (!this.#isUp) this.#upSince = performance.now();
    // Those who were lost together come back one after the other.
    const isComplete = performance.now() - this.#upSince >= ABSENT_AFTER_MS;
    this.#replicas = isComplete ? replicas : Math.max(replicas, this.#replicas);
    if (this.#isUp) return;
    if (this.#isUp === false) this.#backAt = this.#upSince;
    this.#isUp = true;
    this.#outage.end();
    this.#events.emit('back');
    this.#events.emit('known');
    this.#options.log.info("Redis answers: AWS's call rates and answers are shared with the other replicas");
  }

  #markDown(error: Error): void {
    if (kindOf(error)) this.#outage.note(error);
    if (this.#isUp === false) {
      this.#logReason(error);
      return;
    }
    const isStart = this.#isUp === undefined;
    this.#isUp = false;
    this.#downSince = performance.now();
    const reason = this.#outage.begin(error);
    this.#events.emit('known');
    // Then there is no start, which says why.
    if (isStart && this.#outage.lastError instanceof UnusableError) return;
    this.#options.log.warn(
      `Redis cannot be used (${reason}): until it can, this replica continues alone with ${shareOf(this.#replicas)} of AWS's call rates`,
    );
  }

  #logReason(error: Error): void {
    const reason = this.#outage.news(error);
    if (reason) this.#options.log.warn(`Redis still cannot be used (${reason})`);
  }
}

const shareOf = (replicas: number): string => (replicas === 1 ? 'all' : `1/${replicas}`);
