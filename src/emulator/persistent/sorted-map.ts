// A Map in the order of its keys, as a B+ tree. `fork` makes a second one at once: both share their nodes, and each copies a
// node, with the records in it, before it hands anything of it out. So no reader can change what the other one has.
import { copy } from './copy.ts';

type Key = string | number;

interface Leaf<K, V> {
  owner: number;
  keys: K[];
  values: V[];
  children?: undefined;
}
interface Branch<K, V> {
  owner: number;
  /** Of each child: none of its keys is smaller. */
  keys: K[];
  children: Node<K, V>[];
}
type Node<K, V> = Leaf<K, V> | Branch<K, V>;

const MOST = 32;
/** Shared by all that are empty: it has no owner. */
const EMPTY: Leaf<never, never> = { owner: 0, keys: [], values: [] };

let owners = 0;
const newOwner = (): number => {
  owners += 1;
  return owners;
};

export class SortedMap<K extends Key, V> {
  #root: Node<K, V> = EMPTY;
  /** The nodes with this number are of this Map alone. */
  #owner = newOwner();
  #size = 0;

  get size(): number {
    return this.#size;
  }

  /** Another one with the same content. What is read from either afterwards is its own. */
  fork(): SortedMap<K, V> {
    const other = new SortedMap<K, V>();
    other.#root = this.#root;
    other.#size = this.#size;
    this.#owner = newOwner();
    return other;
  }

  has(key: K): boolean {
    let node = this.#root;
    while (node.children) node = node.children[childOf(node.keys, key)] as Node<K, V>;
    return node.keys[lastUpTo(node.keys, key)] === key;
  }

  get(key: K): V | undefined {
    let node = this.#ownRoot();
    while (node.children) node = this.#ownChild(node, childOf(node.keys, key));
    const index = lastUpTo(node.keys, key);
    return node.keys[index] === key ? node.values[index] : undefined;
  }

  set(key: K, value: V): this {
    if (this.#size === 0) {
      // No larger than this, since most stay so
      this.#root = { owner: this.#owner, keys: [key], values: [value] };
      this.#size = 1;
      return this;
    }
    const root = this.#ownRoot();
    const other = this.#put(root, key, value);
    if (other)
      this.#root = {
        owner: this.#owner,
        keys: [root.keys[0] as K, other.keys[0] as K],
        children: [root, other],
      };
    return this;
  }

  delete(key: K): boolean {
    const root = this.#ownRoot();
    const isThere = this.#remove(root, key);
    if (root.keys.length === 0) this.#root = EMPTY;
    else if (root.children?.length === 1) this.#root = root.children[0] as Node<K, V>;
    return isThere;
  }

  /** Those beyond a key, or all. What comes or goes meanwhile may be among them or not. */
  *after(edge?: K): Generator<[K, V]> {
    let from = edge;
    for (let leaf = this.#nextLeaf(from); leaf; leaf = this.#nextLeaf(from)) {
      const keys = [...leaf.keys];
      const values = [...leaf.values];
      for (let index = from === undefined ? 0 : lastUpTo(keys, from) + 1; index < keys.length; index += 1)
        yield [keys[index] as K, values[index] as V];
      from = keys.at(-1);
    }
  }

  /** The same backwards: those before a key, or all. */
  *before(edge?: K): Generator<[K, V]> {
    let to = edge;
    for (let leaf = this.#lastLeaf(to); leaf; leaf = this.#lastLeaf(to)) {
      const keys = [...leaf.keys];
      const values = [...leaf.values];
      for (let index = keys.length - 1; index >= 0; index -= 1)
        if (to === undefined || (keys[index] as K) < to) yield [keys[index] as K, values[index] as V];
      to = keys[0];
    }
  }

  [Symbol.iterator](): Generator<[K, V]> {
    return this.after();
  }

  *keys(): Generator<K> {
    for (const [key] of this.after()) yield key;
  }

  *values(): Generator<V> {
    for (const [, value] of this.after()) yield value;
  }

  #own(node: Node<K, V>): Node<K, V> {
    const owner = this.#owner;
    if (node.owner === owner) return node;
    const keys = [...node.keys];
    return node.children
      ? { owner, keys, children: [...node.children] }
      : { owner, keys, values: node.values.map(copy) };
  }

  #ownRoot(): Node<K, V> {
    this.#root = this.#own(this.#root);
    return this.#root;
  }

  #ownChild({ children }: Branch<K, V>, index: number): Node<K, V> {
    const child = this.#own(children[index] as Node<K, V>);
    children[index] = child;
    return child;
  }

  /** Returns what no longer has room in the node. */
  #put(node: Node<K, V>, key: K, value: V): Node<K, V> | undefined {
    const index = lastUpTo(node.keys, key);
    if (node.children) {
      const at = Math.max(0, index);
      if (index < 0) node.keys[0] = key;
      const other = this.#put(this.#ownChild(node, at), key, value);
      if (!other) return undefined;
      node.keys.splice(at + 1, 0, other.keys[0] as K);
      node.children.splice(at + 1, 0, other);
    } else if (node.keys[index] === key) {
      node.values[index] = value;
    } else {
      node.keys.splice(index + 1, 0, key);
      node.values.splice(index + 1, 0, value);
      this.#size += 1;
    }
    return node.keys.length > MOST ? this.#split(node, index + 2 === node.keys.length) : undefined;
  }

  /** Keys that only grow leave full nodes behind. */
  #split(node: Node<K, V>, isAtEnd: boolean): Node<K, V> {
    const from = isAtEnd ? MOST : MOST / 2;
    const [owner, keys] = [this.#owner, node.keys.splice(from)];
    return node.children
      ? { owner, keys, children: node.children.splice(from) }
      : { owner, keys, values: node.values.splice(from) };
  }

  #remove(node: Node<K, V>, key: K): boolean {
    const index = lastUpTo(node.keys, key);
    if (index < 0) return false;
    if (!node.children) {
      if (node.keys[index] !== key) return false;
      node.keys.splice(index, 1);
      node.values.splice(index, 1);
      this.#size -= 1;
      return true;
    }
    const child = this.#ownChild(node, index);
    const isThere = this.#remove(child, key);
    if (child.keys.length === 0) {
      node.keys.splice(index, 1);
      node.children.splice(index, 1);
    }
    return isThere;
  }

  #nextLeaf(edge: K | undefined, node = this.#ownRoot()): Leaf<K, V> | undefined {
    if (!node.children)
      return node.keys.length > 0 && (edge === undefined || (node.keys.at(-1) as K) > edge)
        ? node
        : undefined;
    for (
      let index = edge === undefined ? 0 : childOf(node.keys, edge);
      index < node.children.length;
      index += 1
    ) {
      const leaf = this.#nextLeaf(edge, this.#ownChild(node, index));
      if (leaf) return leaf;
    }
    return undefined;
  }

  #lastLeaf(edge: K | undefined, node = this.#ownRoot()): Leaf<K, V> | undefined {
    if (!node.children)
      return node.keys.length > 0 && (edge === undefined || (node.keys[0] as K) < edge) ? node : undefined;
    const last = edge === undefined ? node.children.length - 1 : childOf(node.keys, edge);
    for (let index = last; index >= 0; index -= 1) {
      const leaf = this.#lastLeaf(edge, this.#ownChild(node, index));
      if (leaf) return leaf;
    }
    return undefined;
  }
}

/** The last of the sorted keys that is not beyond this one; -1 where all are. */
function lastUpTo<K extends Key>(keys: readonly K[], key: K): number {
  let [from, to] = [0, keys.length];
  while (from < to) {
    const middle = (from + to) >>> 1;
    if ((keys[middle] as K) <= key) from = middle + 1;
    else to = middle;
  }
  return from - 1;
}

const childOf = <K extends Key>(keys: readonly K[], key: K): number => Math.max(0, lastUpTo(keys, key));
