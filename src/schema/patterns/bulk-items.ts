// The items of a bulk mutation: what is said of each, and which of them are sent together.
import { nameOfTarget, targetOf } from '../../upstream/arn.ts';
import { type UpstreamError, ValidationError } from '../../upstream/errors.ts';
import type { OperationName } from '../../upstream/operation.ts';
import { redact } from '../../upstream/redact.ts';

export interface Bulk<Item, Done> {
  operation: OperationName;
  items: readonly Item[];
  /** What is wrong with an item, if anything. It then fails without a call. */
  problemOf: (item: Item) => string | undefined;
  /** The resource that the item is about: it decides where the call goes. */
  arnOf: (item: Item) => string;
  /** Equal items have the same name and are sent once. Absent: each item is sent. */
  nameOf?: ((item: Item) => string) | undefined;
  /** Items of one lane share a rate; absent: those of one account and region. */
  laneOf?: ((item: Item) => string) | undefined;
  send: (item: Item) => Promise<Done>;
}

/** Why an item failed. */
export type BulkReason = Pick<UpstreamError, 'code' | 'awsCode' | 'message' | 'retryable'>;

export interface BulkFailure<Item> extends BulkReason {
  index: number;
  item: Item;
}

export interface BulkOutcome<Item, Done> {
  items: readonly Item[];
  /** By the place of the item; undefined where it failed. */
  done: (Done | undefined)[];
  /** In the order of the input. */
  failures: BulkFailure<Item>[];
}

/** An item, and all places of the input where it stands. */
export interface Task<Item> {
  item: Item;
  indexes: number[];
}

/** Why an item fails that cannot be sent. No error object: there may be tens of thousands of items. */
export const malformed = (problem: string): BulkReason => ({
  code: 'BAD_USER_INPUT',
  message: redact(problem),
  retryable: false,
  awsCode: undefined,
});

/** One for each place of the input where the item stands. */
export const failuresOf = <Item>(
  { item, indexes }: Task<Item>,
  { code, awsCode, message, retryable }: BulkReason,
): BulkFailure<Item>[] => indexes.map((index) => ({ index, item, code, awsCode, message, retryable }));

/** The items that can be sent, in the lanes that share a rate. */
export class Tasks<Item> {
  readonly #bulk: Pick<Bulk<Item, unknown>, 'arnOf' | 'nameOf' | 'laneOf'>;
  readonly #lanes = new Map<string, Task<Item>[]>();
  readonly #byName = new Map<string, Task<Item>>();

  constructor(bulk: Pick<Bulk<Item, unknown>, 'arnOf' | 'nameOf' | 'laneOf'>) {
    this.#bulk = bulk;
  }

  add(item: Item, index: number): void {
    const { arnOf, nameOf, laneOf = (one) => nameOfTarget(targetOf(arnOf(one))) } = this.#bulk;
    const name = nameOf?.(item);
    const known = name === undefined ? undefined : this.#byName.get(name);
    if (known) return void known.indexes.push(index);
    const task = { item, indexes: [index] };
    if (name !== undefined) this.#byName.set(name, task);
    const lane = laneOf(item);
    const others = this.#lanes.get(lane);
    if (others) others.push(task);
    else this.#lanes.set(lane, [task]);
  }

  byLane(): Task<Item>[][] {
    return [...this.#lanes.values()];
  }
}

/** A problem as a text, for what throws it: items that fail so are few, or the check is cheap. */
export function problemIn(check: () => void): string | undefined {
  try {
    check();
    return undefined;
  } catch (error) {
    if (error instanceof ValidationError) return error.message;
    throw error;
  }
}
