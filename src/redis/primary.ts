// Which node to connect to: asked again before each connection, since a failover makes another one the primary.

import { ask, greet } from './ask.ts';
import { kindOf, NoAnswerError, UnusableError } from './failures.ts';
import { slotOf } from './slot.ts';
import type { Node, RedisAddress } from './url.ts';

/** So many nodes at once: one that is gone delays nothing, and large clusters are not asked as a whole. */
const ASKED_AT_ONCE = 3;

export class Primary {
  readonly #address: RedisAddress;
  readonly #slot: number;
  /** What is known of Redis behind a URL of kind `any`. */
  #kind: RedisAddress['kind'] | 'alone';
  /** All of them, when a cluster last said so. */
  #nodes: readonly Node[] = [];

  /** In a cluster, the primary is the one of the slot of this hash tag. */
  constructor(address: RedisAddress, tag: string) {
    this.#address = address;
    this.#slot = slotOf(tag);
    this.#kind = address.kind;
  }

  isInCluster(): boolean {
    return this.#kind === 'cluster';
  }

  /** A node has said that a key is elsewhere. */
  noticeCluster(): void {
    if (this.#kind !== 'sentinel') this.#kind = 'cluster';
  }

  async find(): Promise<Node> {
    if (this.#kind === 'any') this.#kind = await this.#recognize();
    if (this.#kind === 'sentinel') return this.#askSentinels();
    if (this.#kind === 'alone') return this.#address.nodes[0];
    const { database } = this.#address;
    if (database !== 0)
      throw new UnusableError(`expected database 0, since this is a Redis Cluster, got ${database}`);
    return this.#askCluster();
  }

  async #recognize(): Promise<'cluster' | 'alone'> {
    const { mode } = await greet(this.#address.nodes[0], this.#address);
    if (mode === 'sentinel')
      throw new UnusableError('expected redis+sentinel:// for a Redis Sentinel, got redis://');
    return mode === 'cluster' ? 'cluster' : 'alone';
  }

  async #askCluster(): Promise<Node> {
    const { nodes } = this.#address;
    const [primary, others] = await this.#askAny([...this.#nodes, ...nodes], async (node) => {
      const reply = await ask(node, this.#address, 'CLUSTER', 'SLOTS').catch((error: Error) => {
        if (!/cluster support disabled|unknown command/i.test(error.message)) throw error;
        throw new UnusableError(`expected a node of a Redis Cluster, got another Redis (${error.message})`);
      });
      return ownerOf(this.#slot, reply as SlotRange[], node);
    });
    this.#nodes = others;
    return primary;
  }

  #askSentinels(): Promise<Node> {
    const { nodes, sentinel, isTls, primaryName } = this.#address;
    return this.#askAny(nodes, async (node) => {
      const access = { ...sentinel, isTls };
      const reply = await ask(node, access, 'SENTINEL', 'GET-MASTER-ADDR-BY-NAME', primaryName).catch(
        (error: Error) => {
          if (kindOf(error) !== 'ERR') throw error;
          throw new UnusableError(`expected a Redis Sentinel, got another server (${error.message})`);
        },
      );
      if (!Array.isArray(reply))
        throw new UnusableError(
          `expected a name that the Sentinels know, got ${JSON.stringify(primaryName)}`,
        );
      return { host: String(reply[0]), port: Number(reply[1]) };
    });
  }

  /** The first answer of some of them, in random order. */
  async #askAny<Answer>(nodes: readonly Node[], question: (node: Node) => Promise<Answer>): Promise<Answer> {
    const distinct = [...new Map(nodes.map((node) => [addressOf(node), node])).values()];
    const some = shuffled(distinct).slice(0, ASKED_AT_ONCE);
    return Promise.any(some.map(question)).catch(({ errors }: AggregateError) => {
      // A refusal says more than a connection that is gone.
      throw errors.find((error) => error instanceof UnusableError || kindOf(error)) ?? errors[0];
    });
  }
}

export const addressOf = ({ host, port }: Node): string => `${host}:${port}`;

type SlotRange = [from: number, to: number, ...nodes: [host: string | null, port: number][]];

/** The primary of a slot, which comes first, and all nodes. */
function ownerOf(slot: number, ranges: SlotRange[], asked: Node): [Node, Node[]] {
  // Without a host, it is that of the node which responds.
  const nodeOf = ([host, port]: [string | null, number]): Node => ({ host: host || asked.host, port });
  const range = ranges.find(([from, to]) => from <= slot && slot <= to);
  const primary = range?.[2];
  if (!primary) throw new NoAnswerError(`no node of the cluster has slot ${slot}`);
  const all = ranges.flatMap(([, , ...nodes]) => nodes.filter(([host]) => host !== '?').map(nodeOf));
  return [nodeOf(primary), all];
}

function shuffled<Item>(items: readonly Item[]): Item[] {
  const keyed = items.map((item) => ({ item, at: Math.random() }));
  return keyed.sort((one, other) => one.at - other.at).map(({ item }) => item);
}
