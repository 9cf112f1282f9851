// The worlds of an account, one per region, and what moves them.
import type { WorldClock } from './clock.ts';
import type { EventBus } from './events/bus.ts';
import { FineTime, type NewEvent } from './events/event.ts';
import { formatArn, type ResourceKind } from './identifiers.ts';
import { Ids } from './ids.ts';
import type { Happening, Timeline } from './timeline.ts';
import { WorldState } from './world-state.ts';

export type * from './records.ts';

export class World extends WorldState {
  readonly region: string;
  readonly accountId: string;
  readonly ids: Ids;
  readonly fineTime = new FineTime();
  #timeline: Timeline<World>;
  #events: EventBus;

  constructor(region: string, { accountId, ids, timeline, events }: Account) {
    super();
    this.region = region;
    this.accountId = accountId;
    this.ids = ids;
    this.#timeline = timeline;
    this.#events = events;
  }

  /** Puts an event of now on the account's bus. */
  emit(event: NewEvent): void {
    const { accountId, region } = this;
    this.#events.put({ accountId, region, time: this.now() }, event);
  }

  now(): Date {
    return this.#timeline.now();
  }

  /** Lets something happen at another time: how a world gets a past. */
  asOf(time: Date, happen: () => void): void {
    this.#timeline.catchUp(time);
    this.#timeline.at(time, happen);
  }

  /** Lets something happen by itself once `seconds` have passed. Returns what `cancel` takes. */
  after<A extends (string | number | undefined)[]>(
    seconds: number,
    happen: Happening<World, A>,
    ...keys: A
  ): number {
    return this.#timeline.after(seconds, this, happen, ...keys);
  }

  cancel(happening: number | undefined): void {
    this.#timeline.cancel(happening);
  }

  /** The place of a new item in the order of creation. */
  nextOrder(): number {
    this.order += 1;
    return this.order;
  }

  newId(kind: string, length: number): string {
    return this.ids.next(`${this.region} ${kind}`, length);
  }

  newArn(kind: ResourceKind, id = this.newId(kind, 12)): string {
    return formatArn({ region: this.region, accountId: this.accountId, kind, id });
  }
}

/** What the accounts of an emulator have in common. */
export interface Shared {
  clock: WorldClock;
  events: EventBus;
  timeline: Timeline<World>;
  /** Where ids are the same run after run. */
  idSeed?: string | undefined;
}

/** The worlds of one account, each made when its region is first named. */
export class Account {
  readonly accountId: string;
  readonly clock: WorldClock;
  readonly events: EventBus;
  readonly timeline: Timeline<World>;
  readonly ids: Ids;
  #worlds = new Map<string, World>();

  constructor(accountId: string, { clock, events, timeline, idSeed }: Shared) {
    this.accountId = accountId;
    this.ids = new Ids(accountId, idSeed);
    this.clock = clock;
    this.events = events;
    this.timeline = timeline;
  }

  /** The world of a region as it is now. What is due in others has happened, too: events have one order. */
  world(region: string): World {
    this.timeline.catchUp();
    return this.worldAsItIs(region);
  }

  worlds(): World[] {
    this.timeline.catchUp();
    return [...this.#worlds.values()];
  }

  empty(): void {
    this.#worlds.clear();
    this.ids.restore();
    this.timeline.replace(this.accountId, []);
  }

  /** Without what is due in it. */
  worldAsItIs(region: string): World {
    const known = this.#worlds.get(region);
    if (known) return known;
    const world = new World(region, this);
    this.#worlds.set(region, world);
    return world;
  }
}
