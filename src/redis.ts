// The connection to Redis or Valkey, through which the replicas of the gateway know of each other. Lost, it says so once
// and tries again in the background; whoever asks meanwhile is refused at once.
import { createHash, randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { Redis as Client } from 'ioredis';
import type { Logger } from 'pino';

/** An answer takes one millisecond or two; the rest is for machines that are busy with something else. */
const TIMEOUT_MS = 250;
const CONNECT_TIMEOUT_MS = 1000;
const HEARTBEAT_MS = 1000;
/** A replica that has not been heard of for so long is gone. */
const ABSENT_AFTER_MS = 5 * HEARTBEAT_MS;
/** Two heartbeats in a row are missing: it may have lost Redis and go on alone, with its share of the rates. */
const SILENT_AFTER_MS = 2 * HEARTBEAT_MS;
/**
 * Its share is kept for it so long. A network that has lost one replica, or a Redis that fails over, is back by then; if it
 * has died and nobody came in its place, this is how long its share is nobody's.
 */
const MEMBER_MS = 60 * HEARTBEAT_MS;

/** Each script finds the time here: Redis's own, in milliseconds, so that the replicas' clocks need not agree. */
const TIME = `
local time = redis.call('TIME')
local clock = time[1] * 1000 + time[2] / 1000
local now = tonumber(ARGV[#ARGV]) or clock
local silentSince = clock - ${SILENT_AFTER_MS}
`;
/**
 * KEYS: the replicas, until when each is there; the members, when each was last heard of, those included that may go on
 * alone. A newcomer takes the place of one that is silent: what dies is started again, under another name. Answers how many
 * members there are.
 */
const JOIN = `
local replicas, members = unpack(KEYS)
redis.call('ZADD', replicas, clock + ${ABSENT_AFTER_MS}, ARGV[1])
redis.call('ZREMRANGEBYSCORE', replicas, '-inf', clock)
redis.call('PEXPIRE', replicas, ${ABSENT_AFTER_MS})
if redis.call('ZADD', members, clock, ARGV[1]) == 1 then
  local silent = redis.call('ZRANGEBYSCORE', members, '-inf', silentSince, 'LIMIT', 0, 1)[1]
  if silent then redis.call('ZREM', members, silent) end
end
redis.call('ZREMRANGEBYSCORE', members, '-inf', clock - ${MEMBER_MS})
redis.call('PEXPIRE', members, ${MEMBER_MS})
return redis.call('ZCARD', members)
`;
/** It calls nobody any more: its share is everybody's at once. */
const LEAVE = `for _, key in ipairs(KEYS) do redis.call('ZREM', key, ARGV[1]) end`;
const MEMBERS = ['replicas', 'members'];

export interface RedisOptions {
  url: string;
  /** In front of all keys; those with the same one, in the same database, are replicas of one another. */
  prefix: string;
  log: Pick<Logger, 'info' | 'warn'>;
  /** The time that scripts are told instead of Redis's own. */
  now?: (() => number) | undefined;
  /** How long an answer may take. */
  timeoutMs?: number | undefined;
}

type Argument = string | number | Buffer;

export class Redis {
  /** This replica's name among the others. */
  readonly id = randomUUID();
  readonly #options: RedisOptions;
  readonly #prefix: string;
  readonly #commands: Client;
  /** A connection that listens can do nothing else. */
  readonly #subscriber: Client;
  readonly #heartbeat: NodeJS.Timeout;
  readonly #events = new EventEmitter();
  #isUp: boolean | undefined;
  #isListening = false;
  #upSince = 0;
  #downSince = Number.NEGATIVE_INFINITY;
  #backAt = Number.NEGATIVE_INFINITY;
  #replicas = 1;
  #inFlight = 0;
  #lastError: Error | undefined;

  /** Comes back when it is known whether Redis is there. */
  static async connect(options: RedisOptions): Promise<Redis> {
    const redis = new Redis(options);
    await once(redis.#events, 'known');
    return redis;
  }

  private constructor(options: RedisOptions) {
    this.#options = options;
    // The database, too: what is published is heard in all of them, and of one that is not there Redis gives the first.
    this.#prefix = `${options.prefix}${Number(new URL(options.url).pathname.slice(1))}:`;
    this.#commands = this.#connection().on('ready', () => this.#join());
    this.#subscriber = this.#connection()
      .on('ready', () => this.#listen())
      .on('close', () => (this.#isListening = false))
      .on('pmessage', (_pattern, channel: string, text: string) => this.#events.emit(channel, text));
    this.#heartbeat = setInterval(() => {
      if (this.#isConnected()) this.#join();
      else this.#markDown(new NoAnswerError('no answer'));
    }, HEARTBEAT_MS).unref();
  }

  /** For a library that counts in Redis by itself. */
  get client(): Client {
    return this.#commands;
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

  /** Commands that wait for their answer. */
  inFlight(): number {
    return this.#inFlight;
  }

  /** Runs a script, in one round trip once Redis knows it. A failure of any kind means that Redis is lost. */
  async run(lua: string, keys: string[], args: Argument[]): Promise<unknown> {
    if (!this.#isUp) throw new Error('Redis is lost');
    return this.#run(lua, keys, [...args, this.#options.now?.() ?? '']);
  }

  /** Hears what the scripts of all replicas publish on `said:` and the topic. */
  listen(topic: string, listener: (text: string) => void): void {
    this.#events.on(this.keyOf(`said:${topic}`), listener);
  }

  /** Comes back when everything has been heard that was published before: Redis answers each connection in order. */
  async catchUp(): Promise<void> {
    if (!this.#isUp) throw new Error('Redis is lost');
    this.#inFlight += 1;
    try {
      await this.#inTime(this.#subscriber.ping());
    } catch (error) {
      this.#markDown(error as Error);
      throw error;
    } finally {
      this.#inFlight -= 1;
    }
  }

  /** Each time that it is found again: nobody knows what was said meanwhile. */
  onBack(listener: () => void): void {
    this.#events.on('back', listener);
  }

  async close(): Promise<void> {
    clearInterval(this.#heartbeat);
    if (this.#isUp) await this.#run(LEAVE, MEMBERS, [this.id, '']).catch(() => {});
    this.#isUp = false;
    this.#commands.disconnect();
    this.#subscriber.disconnect();
  }

  // ioredis, since a command that got no answer ends there when the connection does: node-redis's own time-out stops
  // once a command is written, and iovalkey is a fork of ioredis for Valkey, to which both speak.
  #connection(): Client {
    return new Client(this.#options.url, {
      connectTimeout: CONNECT_TIMEOUT_MS,
      // Not all at once: those who lost it together come back apart.
      retryStrategy: () => 200 + 300 * Math.random(),
      // What cannot be sent now, or was sent and got no answer, is of no use later.
      enableOfflineQueue: false,
      autoResendUnfulfilledCommands: false,
      autoResubscribe: false,
      maxRetriesPerRequest: 0,
    })
      .on('error', (error) => (this.#lastError = error))
      .on('close', () => this.#markDown(new Error('closed')));
  }

  async #run(lua: string, keys: string[], args: Argument[]): Promise<unknown> {
    const names = keys.map((key) => this.keyOf(key));
    this.#inFlight += 1;
    try {
      return await this.#inTime(this.#evaluate(TIME + lua, [names.length, ...names, ...args]));
    } catch (error) {
      this.#markDown(error as Error);
      throw error;
    } finally {
      this.#inFlight -= 1;
    }
  }

  async #evaluate(lua: string, args: Argument[]): Promise<unknown> {
    try {
      return await this.#commands.callBuffer('EVALSHA', shaOf(lua), ...args);
    } catch (error) {
      if (!(error as Error).message.startsWith('NOSCRIPT')) throw error;
      return this.#commands.callBuffer('EVAL', lua, ...args);
    }
  }

  async #listen(): Promise<void> {
    try {
      await this.#inTime(this.#subscriber.psubscribe(this.keyOf('said:*')));
      this.#isListening = true;
      await this.#join();
    } catch {
      this.#subscriber.disconnect(true);
    }
  }

  #isConnected(): boolean {
    return this.#isListening && this.#commands.status === 'ready';
  }

  /** Says that this replica is there, and finds out whether Redis is. */
  async #join(): Promise<void> {
    if (!this.#isConnected()) return;
    try {
      const [replicas] = await Promise.all([
        this.#run(JOIN, MEMBERS, [this.id, '']),
        this.#inTime(this.#subscriber.ping()),
      ]);
      if (this.#isListening) this.#markUp(Number(replicas));
    } catch (error) {
      this.#markDown(error as Error);
      // A connection may be dead without a word; a new one will tell.
      for (const client of [this.#commands, this.#subscriber])
        if (client.status === 'ready') client.disconnect(true);
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
    this.#lastError = undefined;
    this.#events.emit('back');
    this.#events.emit('known');
    this.#options.log.info("Redis answers: AWS's call rates and answers are shared with the other replicas");
  }

  #markDown(error: Error): void {
    if (this.#isUp === false) return;
    this.#isUp = false;
    this.#downSince = performance.now();
    this.#events.emit('known');
    this.#options.log.warn(
      `Redis does not answer (${reasonOf(this.#lastError ?? error)}): until it does, this replica goes on alone with ${shareOf(this.#replicas)} of AWS's call rates`,
    );
  }

  #inTime<T>(answer: Promise<T>): Promise<T> {
    return within(this.#options.timeoutMs ?? TIMEOUT_MS, answer);
  }
}

/** Only a text: an error of ioredis carries its command, and that of AUTH the password. */
const reasonOf = ({ name, code, message }: NodeJS.ErrnoException): string =>
  // What else ioredis has to say of a connection that is gone speaks of its own options.
  code ?? (name === 'ReplyError' || name === NoAnswerError.name ? message : 'the connection was closed');

const shareOf = (replicas: number): string => (replicas === 1 ? 'all' : `1/${replicas}`);

const shas = new Map<string, string>();
function shaOf(lua: string): string {
  const sha = shas.get(lua) ?? createHash('sha1').update(lua).digest('hex');
  shas.set(lua, sha);
  return sha;
}

class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

function within<T>(timeoutMs: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new NoAnswerError(`no answer within ${timeoutMs} ms`));
    // If it was this process that was busy, the answer lies in the socket, and is read before `setImmediate` runs.
    const timer = setTimeout(() => setImmediate(refuse), timeoutMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
