// The connection to Redis or Valkey, through which the replicas of the gateway know of each other. Lost, it says so once
// and tries again in the background; whoever asks meanwhile is refused at once.
import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { openConnection } from './redis/connection.js';
import { kindOf, NoAnswerError, refuseCluster, selectDatabase, UnusableError, within, } from './redis/failures.js';
import { ABSENT_AFTER_MS, HEARTBEAT_MS, JOIN, LEAVE, MEMBERS, SILENT_AFTER_MS, TIME, } from './redis/membership.js';
import { Outage } from './redis/outage.js';
import { evaluate } from './redis/scripts.js';
export { UnusableError } from './redis/failures.js';
/** An answer takes one millisecond or two; the rest is for machines that are busy with something else. */
const TIMEOUT_MS = 250;
export class Redis {
    /** This replica's name among the others. */
    id = randomUUID();
    #options;
    #prefix;
    #commands;
    /** A connection that listens can do nothing else. */
    #subscriber;
    #heartbeat;
    #events = new EventEmitter();
    #isUp;
    #isListening = false;
    #database;
    /** Whether this connection is known to lead to no cluster, and to the database of the URL. */
    #isUsable = false;
    #upSince = 0;
    #downSince = Number.NEGATIVE_INFINITY;
    #backAt = Number.NEGATIVE_INFINITY;
    #replicas = 1;
    #inFlight = 0;
    #outage = new Outage();
    /** Comes back when it is known whether Redis is there. Rejects with an UnusableError for a node of a cluster or a missing database. */
    static async connect(options) {
        const redis = new Redis(options);
        await once(redis.#events, 'known');
        if (!(redis.#outage.lastError instanceof UnusableError))
            return redis;
        await redis.close();
        throw redis.#outage.lastError;
    }
    constructor(options) {
        this.#options = options;
        this.#database = Number(new URL(options.url).pathname.slice(1));
        // The database, too: what is published is heard in all of them.
        this.#prefix = `${options.prefix}${this.#database}:`;
        this.#commands = this.#connection()
            .on('ready', () => this.#begin())
            .on('close', () => (this.#isUsable = false));
        this.#subscriber = this.#connection()
            .on('ready', () => this.#listen())
            .on('close', () => (this.#isListening = false))
            .on('pmessage', (_pattern, channel, text) => this.#events.emit(channel, text));
        this.#heartbeat = setInterval(() => {
            if (this.#isConnected())
                this.#join();
            else
                this.#markDown(new NoAnswerError('no answer'));
        }, HEARTBEAT_MS).unref();
    }
    /** For a library that counts in Redis by itself. */
    get client() {
        return this.#commands;
    }
    keyOf(name) {
        return this.#prefix + name;
    }
    isUp() {
        return this.#isUp === true;
    }
    /** Others may not have found it yet. */
    isJustBack() {
        return performance.now() - this.#backAt < HEARTBEAT_MS;
    }
    /** How many replicas there are, this one included; while Redis is lost, how many there were. */
    replicas() {
        return this.#replicas;
    }
    /** While it is lost: until then the others count on hearing from this replica. */
    unnoticedMs() {
        return this.#replicas === 1 ? 0 : Math.max(0, this.#downSince + SILENT_AFTER_MS - performance.now());
    }
    /** Commands that wait for their answer. */
    inFlight() {
        return this.#inFlight;
    }
    /** Runs a script, in one round trip once Redis knows it. A failure of any kind means that Redis is lost. */
    async run(lua, keys, args) {
        if (!this.#isUp)
            throw new Error('Redis is lost');
        return this.#run(lua, keys, [...args, this.#options.now?.() ?? '']);
    }
    /** Hears what the scripts of all replicas publish on `said:` and the topic. */
    listen(topic, listener) {
        this.#events.on(this.keyOf(`said:${topic}`), listener);
    }
    /** Comes back when everything has been heard that was published before: Redis answers each connection in order. */
    async catchUp() {
        if (!this.#isUp)
            throw new Error('Redis is lost');
        this.#inFlight += 1;
        try {
            await this.#inTime(this.#subscriber.ping());
        }
        catch (error) {
            this.#markDown(error);
            throw error;
        }
        finally {
            this.#inFlight -= 1;
        }
    }
    /** Each time that it is found again: nobody knows what was said meanwhile. */
    onBack(listener) {
        this.#events.on('back', listener);
    }
    async close() {
        clearInterval(this.#heartbeat);
        if (this.#isUp)
            await this.#run(LEAVE, MEMBERS, [this.id, '']).catch(() => { });
        this.#isUp = false;
        this.#commands.disconnect();
        this.#subscriber.disconnect();
    }
    #connection() {
        return openConnection(this.#options.url, () => this.#outage.pauseMs)
            .on('error', (error) => {
            this.#outage.note(error);
            if (this.#isUp === false)
                this.#tellMore(error);
        })
            .on('close', () => this.#markDown(new Error('closed')));
    }
    async #run(lua, keys, args) {
        const names = keys.map((key) => this.keyOf(key));
        this.#inFlight += 1;
        try {
            return await this.#inTime(evaluate(this.#commands, TIME + lua, [names.length, ...names, ...args]));
        }
        catch (error) {
            this.#markDown(error);
            throw error;
        }
        finally {
            this.#inFlight -= 1;
        }
    }
    async #begin() {
        try {
            await this.#inTime(refuseCluster(this.#commands));
            await this.#inTime(selectDatabase(this.#commands, this.#database));
            this.#isUsable = true;
            await this.#join();
        }
        catch (error) {
            this.#markDown(error);
            this.#commands.disconnect(true);
        }
    }
    async #listen() {
        try {
            await this.#inTime(this.#subscriber.psubscribe(this.keyOf('said:*')));
            this.#isListening = true;
            await this.#join();
        }
        catch (error) {
            this.#markDown(error);
            this.#subscriber.disconnect(true);
        }
    }
    #isConnected() {
        return this.#isListening && this.#isUsable && this.#commands.status === 'ready';
    }
    /** Says that this replica is there, and finds out whether Redis is. */
    async #join() {
        if (!this.#isConnected() || this.#outage.pauseMs > 0)
            return;
        try {
            const [replicas] = await Promise.all([
                this.#run(JOIN, MEMBERS, [this.id, '']),
                this.#inTime(this.#subscriber.ping()),
            ]);
            if (this.#isListening)
                this.#markUp(Number(replicas));
        }
        catch (error) {
            this.#markDown(error);
            // A connection may be dead without a word; a new one will tell.
            for (const client of [this.#commands, this.#subscriber])
                if (client.status === 'ready')
                    client.disconnect(true);
        }
    }
    #markUp(replicas) {
        if (!this.#isUp)
            this.#upSince = performance.now();
        // Those who were lost together come back one after the other.
        const isComplete = performance.now() - this.#upSince >= ABSENT_AFTER_MS;
        this.#replicas = isComplete ? replicas : Math.max(replicas, this.#replicas);
        if (this.#isUp)
            return;
        if (this.#isUp === false)
            this.#backAt = this.#upSince;
        this.#isUp = true;
        this.#outage.end();
        this.#events.emit('back');
        this.#events.emit('known');
        this.#options.log.info("Redis answers: AWS's call rates and answers are shared with the other replicas");
    }
    #markDown(error) {
        if (kindOf(error))
            this.#outage.note(error);
        if (this.#isUp === false) {
            this.#tellMore(error);
            return;
        }
        const isStart = this.#isUp === undefined;
        this.#isUp = false;
        this.#downSince = performance.now();
        const reason = this.#outage.begin(error);
        this.#events.emit('known');
        // Then there is no start, which says why.
        if (isStart && error instanceof UnusableError)
            return;
        this.#options.log.warn(`Redis does not answer (${reason}): until it does, this replica continues alone with ${shareOf(this.#replicas)} of AWS's call rates`);
    }
    #tellMore(error) {
        const reason = this.#outage.news(error);
        if (reason)
            this.#options.log.warn(`Redis still does not answer (${reason})`);
    }
    #inTime(answer) {
        return within(this.#options.timeoutMs ?? TIMEOUT_MS, answer);
    }
}
const shareOf = (replicas) => (replicas === 1 ? 'all' : `1/${replicas}`);
