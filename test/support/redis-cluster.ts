// A cluster of three primaries and three replicas for the tests of a suite, on loopback. Each test has a prefix of its own.
import type { ChildProcess } from 'node:child_process';
import { createHash, randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll } from 'vitest';
import { slotOf } from '../../src/redis/slot.ts';
import type { Certificate } from './certificate.ts';
import { askPort, freePort } from './ports.ts';
import type { RedisServer } from './redis.ts';
import { LOG, type Member, nodesSeenBy, SHARDS, spawnNode } from './redis-cluster-node.ts';

const POLL_MS = 50;
const GIVE_UP_MS = 30_000;
const LOG_LINES = 8;
/** Of starting one, each with other ports. */
const ATTEMPTS = 3;

interface RunningNode extends Member {
  child: ChildProcess;
  isStopped?: boolean;
}

export interface ClusterServer extends RedisServer {
  /** The URL of each: first the primaries. */
  nodes: string[];
  /** Kills the primary that has the keys of this test. Comes back when its replica has been promoted. */
  failOver(signal?: 'SIGKILL' | 'SIGSTOP'): Promise<void>;
  /** Makes its replica the primary, and it a replica: both live on. */
  swap(): Promise<void>;
}

/** Called where a suite begins. It starts when a test first opens it, and ends with the suite. */
export function useCluster(certificate?: Certificate): () => Promise<ClusterServer> {
  let cluster: Promise<Cluster> | undefined;
  afterAll(async () => (await cluster)?.stop());
  return async () => {
    cluster ??= Cluster.start(certificate);
    const running = await cluster;
    await running.restore();
    return running.open();
  };
}

class Cluster {
  readonly #dir = mkdtempSync(join(tmpdir(), 'redis-cluster-'));
  readonly #nodes: RunningNode[] = [];
  readonly #certificate: Certificate | undefined;

  constructor(certificate?: Certificate) {
    this.#certificate = certificate;
  }

  static async start(certificate?: Certificate, attemptsLeft = ATTEMPTS): Promise<Cluster> {
    const cluster = new Cluster(certificate);
    try {
      await cluster.#start();
      return cluster;
    } catch (error) {
      await cluster.stop();
      if (attemptsLeft === 1) throw error;
      console.warn(`A cluster for tests did not start, and another is tried: ${error}`);
      return Cluster.start(certificate, attemptsLeft - 1);
    }
  }

  async #start(): Promise<void> {
    const members: Member[] = [];
    for (let index = 0; index < 2 * SHARDS; index += 1) {
      const id = createHash('sha1').update(randomUUID()).digest('hex');
      const [port, busPort] = [await freePort(), await freePort()];
      const tlsPort = this.#certificate && (await freePort());
      members.push({ id, port, tlsPort, busPort, shard: index % SHARDS, isPrimary: index < SHARDS });
    }
    // As if it had been made before: `redis-cli --cluster create` takes many seconds.
    for (const member of members) {
      mkdirSync(join(this.#dir, member.id));
      writeFileSync(join(this.#dir, member.id, 'nodes.conf'), nodesSeenBy(member, members));
    }
    for (const member of members) this.#nodes.push({ ...member, child: this.#spawn(member) });
    await this.#settle();
  }

  async stop(): Promise<void> {
    await Promise.all(this.#nodes.map(kill));
    rmSync(this.#dir, { recursive: true });
  }

  /** What a test before has killed or stopped. */
  async restore(): Promise<void> {
    for (const node of this.#nodes) if (!isRunning(node)) node.child = this.#spawn(node);
    for (const node of this.#nodes) signalTo(node, 'SIGCONT');
    await this.#settle();
  }

  open(): ClusterServer {
    const prefix = `{${randomUUID()}}:`;
    const keyOf = (name: string) => `${prefix}0:${name}`;
    const slot = slotOf(prefix);
    const owner = () => this.#primaryOf(slot);
    const own = () => {
      const { shard } = owner();
      return this.#nodes.filter((node) => node.shard === shard);
    };
    let killed: RunningNode[] = [];
    let stopped: RunningNode | undefined;
    const secure = this.#certificate ? 's' : '';
    const [seed, other] = [this.#nodes[0] as RunningNode, this.#nodes[1] as RunningNode];
    return {
      url: `redis${secure}+cluster://${addressOf(seed)},${addressOf(other)}`,
      nodes: this.#nodes.map((node) => `redis${secure}://${addressOf(node)}`),
      prefix,
      keyOf,
      askAll: (...command) => this.#nodes.map((node) => askNode(node, ...command)),
      ask: (...command) => askNode(owner(), ...command),
      signal: (signal) => {
        stopped ??= owner();
        signalTo(stopped, signal);
      },
      /** With its replica, which would take its place. */
      kill: async () => {
        killed = own();
        await Promise.all(killed.map(kill));
      },
      start: async () => {
        for (const node of killed) node.child = this.#spawn(node);
        await this.#settle();
      },
      swap: async () => {
        const before = owner();
        const replica = own().find((node) => node !== before) as RunningNode;
        askNode(replica, 'CLUSTER', 'FAILOVER');
        while (this.#primaryOf(slot).id === before.id) await pause(POLL_MS);
      },
      failOver: async (signal = 'SIGKILL') => {
        const before = owner();
        if (signal === 'SIGKILL') await kill(before);
        else signalTo(before, signal);
        while (this.#primaryOf(slot).id === before.id) await pause(POLL_MS);
      },
    };
  }

  /** As those that run see it. */
  #primaryOf(slot: number): RunningNode {
    const asked = this.#nodes.find((node) => !node.isStopped && isRunning(node)) as RunningNode;
    const lines = askNode(asked, 'CLUSTER', 'NODES').split('\n');
    const line = lines.find((text) =>
      text
        .split(' ')
        .slice(8)
        .some((range) => isIn(range, slot)),
    );
    return this.#nodes.find(({ id }) => line?.startsWith(id)) ?? asked;
  }

  async #settle(): Promise<void> {
    const isSettled = (node: RunningNode) => {
      const info = askNode(node, 'CLUSTER', 'INFO');
      const links = askNode(node, 'INFO', 'replication');
      return /cluster_state:ok/.test(info) && /role:master|master_link_status:up/.test(links);
    };
    for (const start = performance.now(); !this.#nodes.every(isSettled); await pause(POLL_MS))
      if (!this.#nodes.every(isRunning) || performance.now() - start > GIVE_UP_MS)
        throw new Error(
          `Expected a cluster within ${GIVE_UP_MS} ms\n${this.#nodes.map(this.#told).join('\n')}`,
        );
  }

  readonly #told = (node: RunningNode): string => {
    const { id, port, child } = node;
    const log = readFileSync(join(this.#dir, id, LOG), 'utf8')
      .split('\n')
      .slice(-LOG_LINES);
    const asked = isRunning(node)
      ? askNode(node, 'CLUSTER', 'NODES')
      : `ended: ${child.exitCode ?? child.signalCode}`;
    return [`node ${id} on ${port}`, asked, ...log].join('\n  ');
  };

  #spawn(member: Member): ChildProcess {
    return spawnNode(member, join(this.#dir, member.id), this.#certificate);
  }
}

function signalTo(node: RunningNode, signal: 'SIGSTOP' | 'SIGCONT'): void {
  node.isStopped = signal === 'SIGSTOP';
  node.child.kill(signal);
}

const isRunning = ({ child }: RunningNode): boolean => child.exitCode === null && child.signalCode === null;

async function kill(node: RunningNode): Promise<void> {
  if (!isRunning(node)) return;
  const gone = once(node.child, 'exit');
  node.child.kill('SIGKILL');
  await gone;
}

const addressOf = ({ port, tlsPort = port }: Member): string => `127.0.0.1:${tlsPort}`;

const askNode = ({ port }: Member, ...command: string[]): string => askPort(port, ...command);

function isIn(range: string, slot: number): boolean {
  const [from = Number.NaN, to = from] = range.split('-').map(Number);
  return from <= slot && slot <= to;
}
