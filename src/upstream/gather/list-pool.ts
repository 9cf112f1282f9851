// Waiting reads for which the summary in a list is enough, served by pages of the list as long as these pay.
import type { Target } from '../arn.ts';
import type { Hit } from '../cache/local-cache.ts';
import { type Call, keyOf } from '../call.ts';
import { Ledger } from '../ledger.ts';
import { commandOf, type ListedBy, type Operation } from '../operation.ts';
import type { ReadCounts } from '../read-counts.ts';
import { MAX_FAILURES, type Member, PATIENCE_MS } from './member.ts';
import { Pool, type PoolOptions } from './pool.ts';

/** Per ten reads, one page may serve fewer than two, as in loading/list-lookup.ts of the schema. */
const PER_PAGE = 10;
const PAYING = 2;
const MAX_RESULTS = 100;

interface ListOptions extends PoolOptions {
  name: string;
  row: ListedBy;
  operation: Operation;
  target: Target;
  /** The members of the input that the list has in common with the reads. */
  within: Readonly<Record<string, unknown>>;
  fresh: boolean;
  reads: ReadCounts;
  /** The cached response, if any. */
  hit: (call: Call) => Hit | undefined;
  /** Through all layers, like any list. */
  read: (call: Call) => Promise<unknown>;
}

interface Page {
  items: readonly Record<string, unknown>[];
  nextToken: string | undefined;
}

export class ListPool extends Pool {
  protected readonly least = PER_PAGE;
  readonly #options: ListOptions;
  #isWalking = false;
  /** Cancels the page that is being read. */
  #page: AbortController | undefined;

  constructor(options: ListOptions) {
    super(options);
    this.#options = options;
  }

  protected gather(): void {
    if (!this.#isWalking) void this.#walk();
  }

  protected override onFewer(): void {
    if (this.waiting.size === 0) this.#page?.abort();
  }

  async #walk(): Promise<void> {
    const { denials, name } = this.#options;
    this.#isWalking = true;
    const first = this.members();
    try {
      if (await this.#readPages(first.length)) this.#dismiss(first);
    } catch (error) {
      denials.learn(name, error);
      for (const member of first) member.failures += 1;
      this.#dismiss(first.filter(({ failures }) => denials.has(name) || failures >= MAX_FAILURES));
    }
    this.#isWalking = false;
    if (this.members().some((member) => !first.includes(member)) || this.waiting.size >= this.least)
      this.consider();
  }

  /** What the pages do not have is read by its own call, which alone can report that it does not exist. */
  #dismiss(members: readonly Member[]): void {
    for (const member of members) this.dismiss(member);
  }

  /** Whether the pages were read, as far as they pay. */
  async #readPages(count: number): Promise<boolean> {
    let credit = Math.floor(count / PER_PAGE);
    let hasPaid = false;
    let nextToken: string | undefined;
    do {
      // Not for reads that come while the page is read: they may follow a write that the page does not show.
      const wanted = this.#wanted();
      if (wanted.size === 0) return false;
      const call = this.#call(nextToken);
      const known = this.#options.hit(call);
      call.goodUntil = known?.goodUntil;
      if (!known && credit === 0) return hasPaid;
      const answer = known ? known.answer : await this.#read(call);
      const { items, nextToken: next } = this.#pageOf(answer);
      const hits = this.#answer(items, wanted, call, answer);
      hasPaid ||= !known;
      if (!known && hits < PAYING) credit -= 1;
      nextToken = next;
    } while (nextToken);
    return true;
  }
  /** The members by id. No identical read can join one of them from now on, since the page may be older. */
  #wanted(): Map<string, Member[]> {
    const wanted = new Map<string, Member[]>();
    for (const member of this.members()) {
      const { progress } = member.call;
      if (progress) progress.isQueued = false;
      for (const id of member.ids) wanted.set(id, [...(wanted.get(id) ?? []), member]);
    }
    return wanted;
  }

  #call(nextToken: string | undefined): Call {
    const { clock, operation, target, within, fresh, reads } = this.#options;
    const command = commandOf(operation, { ...within, nextToken, maxResults: MAX_RESULTS });
    const [parent, ...others] = this.members().map((member) => member.call.parent);
    return {
      operation,
      target,
      command,
      key: keyOf({ operation, target, command }),
      signal: new AbortController().signal,
      caller: this,
      startedAt: clock.now(),
      deadline: () => this.deadline(),
      isOptional: () => false,
      attempt: 1,
      parent,
      others,
      fresh,
      secrets: false,
      ledger: new Ledger(clock, reads),
    };
  }

  /** Cancelled when no read waits for it any more, or when AWS does not respond in time. */
  async #read(call: Call): Promise<unknown> {
    const controller = new AbortController();
    this.#page = controller;
    let stopTimer = () => {};
    const watch = () => {
      stopTimer = this.clock.after(PATIENCE_MS, () => (call.ledger.hasSent() ? controller.abort() : watch()));
    };
    watch();
    try {
      return await this.#options.read(Object.assign(call, { signal: controller.signal }));
    } finally {
      stopTimer();
      this.#page = undefined;
    }
  }

  #pageOf(answer: unknown): Page {
    const output = answer as Record<string, unknown>;
    return {
      items: (output[this.#options.row.items] ?? []) as Page['items'],
      nextToken: output.nextToken as string,
    };
  }

  /** Serves the reads of these items. Returns their number. */
  #answer(items: Page['items'], wanted: ReadonlyMap<string, Member[]>, page: Call, answer: unknown): number {
    const hits = items.flatMap((item) =>
      (wanted.get(item[this.#options.row.id] as string) ?? []).map((member) => ({ member, item })),
    );
    for (const [index, { member, item }] of hits.entries()) {
      const { call } = member;
      // The page is counted for the first one.
      if (index === 0) call.ledger.take(page.ledger);
      else call.ledger.gathered(call);
      member.answer({
        answer: { [call.operation.output as string]: item },
        page: { key: page.key, answer, goodUntil: page.goodUntil ?? 0 },
      });
    }
    return hits.length;
  }
}
