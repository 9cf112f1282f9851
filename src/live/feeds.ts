// What is live: views of what subscribers watch, kept by the events of AWS, by polls, and by the writes of this gateway.
import { randomUUID } from 'node:crypto';
import { activityOfWrite } from '../events/activity.ts';
import type { LiveSource } from '../events/live-source.ts';
import { isArn, nameOfTarget, type Target, targetOf } from '../upstream/arn.ts';
import { type Clock, systemClock } from '../upstream/clock.ts';
import { type AwsCommand, type OperationName, type OutputOf, operationOf } from '../upstream/operation.ts';
import type { Rates } from '../upstream/quota/limits.ts';
import type { Shared } from '../upstream/shared.ts';
import { REPLAY_MS, type Upstream, type UpstreamRequest } from '../upstream/upstream.ts';
import { ActivitySource } from './activity-source.ts';
import type { ActivityMessage, GapMessage, ViewMessage } from './messages.ts';
import { ownershipOf, sole } from './ownership.ts';
import { PollPace } from './pace.ts';
import { Poller, type PollListener, type PollReader, type SweepItems } from './poller.ts';
import { View, type ViewRules } from './view.ts';
import { ViewSource } from './view-source.ts';
import { Watch } from './watch.ts';

/** What is watched: its items, how they are read, and what events say of them. */
export interface Watched<Item> extends ViewRules<Item> {
  /** Names it among all, at each replica. */
  name: string;
  sweep: SweepItems<Item>;
  /** The usual time between two sweeps, in intervals. */
  intervals?: number;
  /** In how many sweeps in a row an item must be absent before it counts as removed. */
  absences?: number;
}

export interface LiveFeedsOptions {
  upstream: Pick<Upstream, 'open' | 'events' | 'onWrite' | 'resolve'>;
  clock?: Clock | undefined;
  shared?: Shared | undefined;
  rates?: Rates | undefined;
  /** The least time between two reads of what is watched. */
  pollMs?: number | undefined;
  /** How long a subscriber can continue behind a cursor. */
  replayMs?: number | undefined;
  log?: { warn(details: object, message: string): void } | undefined;
}

const POLL_MS = 2000;
/** Of one call of a poll. */
const TIMEOUT_MS = 30_000;
/** An event that is accepted may take effect so much later: what was read before may be older. */
const STALE_MS = 1000;

export class LiveFeeds {
  /** Of this replica. */
  readonly #id = randomUUID();
  readonly #options: LiveFeedsOptions;
  readonly #clock: Clock;
  readonly #replayMs: number;
  readonly #pace: PollPace;
  readonly #batches = new Map<string, Batch>();
  /** Of all polls. */
  readonly #turns = {};
  // biome-ignore lint/suspicious/noExplicitAny: items of each watch are of one type, which its name implies
  readonly #watches = new Map<string, Watch<any>>();

  constructor(options: LiveFeedsOptions) {
    const { upstream, clock = systemClock, shared, rates = {}, replayMs = REPLAY_MS } = options;
    this.#options = options;
    this.#clock = clock;
    this.#replayMs = replayMs;
    this.#pace = new PollPace({ clock, rates, replicas: () => shared?.replicas() ?? 1 });
    upstream.onWrite((write) => {
      const { requestId: id, tags } = write;
      // Without Redis subscribers of this write hear of it by the next poll.
      upstream.events
        .record({ id, changes: [], body: activityOfWrite(write), topics: [...tags] })
        .catch(() => {});
    });
  }

  /** Polls no more. */
  close(): void {
    for (const watch of this.#watches.values()) watch.close();
    this.#watches.clear();
  }

  /** From here on a subscription hears all that a query of now may not know. */
  cursor(): string {
    return this.#options.upstream.events.journal.asOf(STALE_MS);
  }

  /** The state of what is watched, as far as `keeps` lets it through, then its changes. */
  watch<Item>(
    watched: Watched<Item>,
    keeps: (item: Item) => boolean = () => true,
  ): LiveSource<ViewMessage<Item>> {
    return new ViewSource(this.#watchOf(watched), keeps);
  }

  /** All that happens to one of these resources. */
  activities(topics: readonly string[]): LiveSource<ActivityMessage | GapMessage> {
    // No call will refuse what is not served.
    for (const topic of topics) if (isArn(topic)) this.#options.upstream.resolve(targetOf(topic));
    return new ActivitySource(this.#options.upstream.events.journal, topics);
  }

  #watchOf<Item>(watched: Watched<Item>): Watch<Item> {
    const known = this.#watches.get(watched.name);
    if (known) return known;
    const made = this.#make(watched);
    this.#watches.set(watched.name, made);
    return made;
  }

  #make<Item>(watched: Watched<Item>): Watch<Item> {
    const { upstream, shared, pollMs = POLL_MS, log } = this.#options;
    const { name, sweep, intervals = 1, absences = 1, idOf } = watched;
    const { events } = upstream;
    const view = new View({ name, rules: watched, clock: this.#clock, last: () => events.journal.last });
    let stopTimer = () => {};
    const poller = (listener: PollListener) =>
      new Poller({
        ...{ view, idOf, sweep, events, absences, listener },
        clock: this.#clock,
        reader: (signal) => this.#reader(signal),
        ownership: shared ? ownershipOf(name, shared, this.#replayMs) : sole,
        intervalMs: pollMs * intervals,
        onFailure: ({ message }) => log?.warn({ watched: name, reason: message }, 'poll failed'),
      });
    const watch = new Watch({
      view,
      poller,
      onBusy: () => stopTimer(),
      onFound: () => {
        const body: Restart = { restartOf: name, by: this.#id };
        events.record({ id: randomUUID(), changes: [], body }).catch(() => {});
      },
      // Subscribers that come back can continue behind their cursors.
      onIdle: () => {
        stopTimer = this.#clock.after(this.#replayMs, () => {
          stop();
          this.#watches.delete(name);
        });
      },
    });
    const stop = events.journal.listen({
      onEntry: (entry) => {
        if (isRestart(entry.body)) {
          if (entry.body.restartOf === name && entry.body.by !== this.#id) watch.restart();
        } else if (view.apply(entry)) watch.nudge();
      },
      onGap: () => watch.restart(),
    });
    return watch;
  }

  #reader(signal: AbortSignal): PollReader {
    const { resolve } = this.#options.upstream;
    return {
      send: async (named, command) => {
        const target = resolve(named);
        await this.#pace.turn(operationOf(command).name, target);
        return this.#open(signal).send(target, command);
      },
      sendBrief: async (named, command) => {
        const target = resolve(named);
        const { name } = operationOf(command);
        await this.#pace.turnTogether(name, target);
        return this.#sendTogether(target, command, name);
      },
    };
  }

  #open(signal: AbortSignal): UpstreamRequest {
    const { upstream } = this.#options;
    return upstream.open({ signal, timeoutMs: TIMEOUT_MS, fresh: true, turns: this.#turns });
  }

  /** In one request with the others of its turn, so that those that wait for AWS's rate are served by pages of a list. */
  async #sendTogether<C extends AwsCommand>(
    target: Target,
    command: C,
    name: OperationName,
  ): Promise<OutputOf<C>> {
    const key = `${name} ${nameOfTarget(target)}`;
    const batch = this.#batches.get(key) ?? this.#openBatch(key, target, name);
    batch.waiting += 1;
    try {
      return await batch.request.send(target, command, {});
    } finally {
      batch.waiting -= 1;
      if (batch.waiting === 0) batch.end();
    }
  }

  #openBatch(key: string, target: Target, name: OperationName): Batch {
    const request = this.#open(new AbortController().signal);
    // The next turn has a request of its own.
    queueMicrotask(() => this.#batches.delete(key));
    const end = () => {
      for (const { operation, calls } of request.cost().operations)
        this.#pace.charge(operation as OperationName, target, calls - Number(operation === name));
    };
    const batch = { request, waiting: 0, end };
    this.#batches.set(key, batch);
    return batch;
  }
}

/** In the journal: the views of other replicas begin anew, from the snapshot of the one that reads. */
interface Restart {
  /** Of the view. */
  restartOf: string;
  /** The replica that need not. */
  by: string;
}

const isRestart = (body: object): body is Restart => 'restartOf' in body;

/** Reads of one turn. */
interface Batch {
  request: UpstreamRequest;
  waiting: number;
  end: () => void;
}
