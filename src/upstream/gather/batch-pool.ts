// Waiting reads of one resource each, served by batch reads.
import type { Target } from '../arn.ts';
import type { Call, Send } from '../call.ts';
import { isNotFound, originOf, ResourceNotFoundError, ThrottledError, UpstreamError } from '../errors.ts';
import { Ledger } from '../ledger.ts';
import { type BatchedBy, commandOf, type Operation } from '../operation.ts';
import { inputLimits } from '../services/input-limits.ts';
import { MAX_FAILURES, type Member, type Outcome } from './member.ts';
import { Pool, type PoolOptions } from './pool.ts';

interface BatchOptions extends PoolOptions {
  /** For `denials`. */
  name: string;
  row: BatchedBy;
  operation: Operation;
  target: Target;
  next: Send;
}

interface Batch {
  items: ReadonlyMap<unknown, object>;
  errors: ReadonlyMap<unknown, { code?: string; message?: string }>;
  requestId: string | undefined;
}

type Aboard = { member: Member; settle: (outcome?: Outcome) => void }[];

export class BatchPool extends Pool {
  protected readonly least = 2;
  readonly #options: BatchOptions;
  readonly #size: number;
  /** Cancels the batch that waits for its turn. */
  #queued: AbortController | undefined;

  constructor(options: BatchOptions) {
    super(options);
    this.#options = options;
    this.#size = inputLimits[options.row.ids]?.max ?? 1;
  }

  override join(member: Member): void {
    super.join(member);
    if (this.waiting.size >= this.#size) this.consider(true);
  }

  protected gather(): void {
    if (!this.#queued && this.waiting.size >= this.least) void this.#send();
  }

  /** A single read is sent as itself: its errors are the exact ones. */
  protected override onFewer(): void {
    if (this.waiting.size < this.least) this.#queued?.abort();
  }

  async #send(): Promise<void> {
    const controller = new AbortController();
    this.#queued = controller;
    const aboard: Aboard = [];
    const call = this.#call(controller, aboard);
    try {
      const batch = this.#read((await this.#options.next(call)) as Record<string, unknown>);
      for (const [index, { member, settle }] of aboard.entries()) {
        const outcome = this.#outcome(member, batch);
        if (!outcome) member.failures = MAX_FAILURES;
        // The call is counted for the first one.
        if (outcome && index > 0) member.call.ledger.gathered(member.call);
        settle(outcome);
      }
    } catch (error) {
      this.#fail(error, aboard);
    } finally {
      if (this.#queued === controller) this.#queued = undefined;
      this.consider();
    }
  }

  #call(controller: AbortController, aboard: Aboard): Call {
    const { operation, target, row, clock } = this.#options;
    const [first] = this.members();
    const call: Call = {
      operation,
      target,
      command: { input: {} },
      signal: controller.signal,
      // In the turn of the first of them: some may wait in the same queue.
      caller: first?.call.caller ?? this,
      startedAt: clock.now(),
      deadline: () => this.deadline(),
      isOptional: () => true,
      attempt: 2,
      key: '',
      fresh: true,
      secrets: false,
      ledger: new Ledger(clock),
    };
    call.embark = () => {
      this.#queued = undefined;
      aboard.push(...this.#board(controller));
      this.consider(this.members().flatMap(({ ids }) => ids).length >= this.#size);
      const [payer] = aboard;
      if (!payer) throw new UpstreamError('No read waits for this batch any more');
      const ids = [...new Set(aboard.flatMap(({ member }) => member.ids))];
      const { ledger, trace, parent } = payer.member.call;
      const others = aboard.slice(1).map(({ member }) => member.call.parent);
      const command = commandOf(operation, { [row.ids]: ids });
      return { ...call, ledger, trace, parent, others, command };
    };
    return call;
  }

  /** Takes members in fair turns. The batch is cancelled when all of them have ended. */
  #board(controller: AbortController): Aboard {
    const members: Member[] = [];
    let ids = new Set<string>();
    let most = this.#size;
    for (const member of this.members()) {
      most = Math.min(most, member.most);
      const together = new Set([...ids, ...member.ids]);
      if (members.length > 0 && together.size > most) break;
      members.push(member);
      ids = together;
    }
    let left = members.length;
    const onDone = () => {
      left -= 1;
      if (left === 0) controller.abort();
    };
    return members.map((member) => ({ member, settle: member.board(onDone) }));
  }

  #read(output: Record<string, unknown>): Batch {
    const { items, id } = this.#options.row;
    const byId = <Item extends object>(list: unknown): [unknown, Item][] =>
      ((list ?? []) as Item[]).map((item) => [(item as Record<string, unknown>)[id], item]);
    const { $metadata } = output as { $metadata?: { requestId?: string } };
    return {
      items: new Map(byId(output[items])),
      errors: new Map(byId(output.errors)),
      requestId: $metadata?.requestId,
    };
  }

  /** The result that its own call would have; undefined where only that call can know it. */
  #outcome({ call, ids }: Member, { items, errors, requestId }: Batch): Outcome | undefined {
    const { operation, target } = call;
    if (operation.output === null) return this.#part(ids, items, errors);
    const [id] = ids;
    const item = items.get(id);
    if (item) return { answer: { [operation.output as string]: item } };
    const { code, message = 'Not found' } = errors.get(id) ?? {};
    if (!isNotFound(code)) return undefined;
    const aws = { ...originOf(operation, target), requestId };
    return { error: new ResourceNotFoundError(message, { ...aws, httpStatus: 404 }) };
  }

  /** Of a member that is a batch itself. */
  #part(ids: readonly string[], items: Batch['items'], errors: Batch['errors']): Outcome | undefined {
    if (!ids.every((id) => items.has(id) || errors.has(id))) return undefined;
    const among = <Item>(byId: ReadonlyMap<unknown, Item>) =>
      [...new Set(ids)].flatMap((id) => byId.get(id) ?? []);
    return { answer: { [this.#options.row.items]: among(items), errors: among(errors) } };
  }

  #fail(error: unknown, aboard: Aboard): void {
    const { denials, name } = this.#options;
    denials.learn(name, error);
    const count = new Set(aboard.flatMap(({ member }) => member.ids)).size;
    const isFinal = error instanceof UpstreamError && !error.retryable;
    for (const { member, settle } of aboard) {
      // AWS may refuse it because of one member, so the next batches are half as large.
      if (isFinal) member.most = Math.floor(count / 2);
      else if (!(error instanceof ThrottledError)) member.failures += 1;
      settle(undefined);
    }
    if (denials.has(name)) for (const member of this.members()) this.dismiss(member);
  }
}
