// The worlds of an account, one per region, and what moves them.

import { AwsError } from '../errors.ts';
import type { EventBus } from '../events/bus.ts';
import { FineTime, type NewEvent } from '../events/event.ts';
import { formatArn, type ResourceKind } from '../model/identifiers.ts';
import { type Clock, WorldClock } from './clock.ts';
import { Ids } from './ids.ts';
import type { Happening, Timeline } from './timeline.ts';
import { WorldState } from './world-state.ts';

export type * from './records.ts';

export class World extends WorldState {
  readonly region: string;
  readonly accountId: string;
  readonly ids: Ids;
  readonly fineTime = new FineTime();
  #account: Account;

  constructor(region: string, account: Account) {
    super();
    this.region = region;
    this.accountId = account.accountId;
    this.ids = account.ids;
    this.#account = account;
  }

  /** Puts an event of now on the account's bus. */
  emit(event: NewEvent): void {
    const { accountId, region } = this;
    this.#account.events.put({ accountId, region, time: this.now() }, event);
  }

  now(): Date {
    return this.#account.timeline.now();
  }

  /** Lets something happen at another time: how a world gets a past. */
  asOf(time: Date, happen: () => void): void {
    this.#account.timeline.catchUp(time);
    this.#account.timeline.at(time, happen);
  }

  /** Lets something happen by itself once `seconds` have passed. Returns what `cancel` takes. */
  after<A extends (string | number | undefined)[]>(
    seconds: number,
    happen: Happening<World, A>,
    ...keys: A
  ): number {
    return this.#account.timeline.after(seconds, this, happen, ...keys);
  }

  cancel(happening: number | undefined): void {
    this.#account.timeline.cancel(happening);
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
  /** Those with a clock of their own. */
  apart: Set<Account>;
  newTimeline(clock: Clock): Timeline<World>;
  catchUp(): void;
}

/** AWS has about 40. */
const MOST_REGIONS = 100;

/** The worlds of one account, each made when its region is first named. */
export class Account {
  readonly accountId: string;
  readonly events: EventBus;
  readonly ids: Ids;
  /** The common ones, or those of this account alone. */
  clock: WorldClock;
  timeline: Timeline<World>;
  /** Its worlds are the demo world, which can move by itself. */
  isDemo = false;
  #shared: Shared;
  #worlds = new Map<string, World>();

  constructor(accountId: string, shared: Shared) {
    this.accountId = accountId;
    this.ids = new Ids(accountId, shared.idSeed);
    this.clock = shared.clock;
    this.events = shared.events;
    this.timeline = shared.timeline;
    this.#shared = shared;
  }

  /** The world of a region as it is now. What is due in others has happened, too: events have one order. */
  world(region: string): World {
    this.#shared.catchUp();
    return this.worldAsItIs(region);
  }

  worlds(): World[] {
    this.#shared.catchUp();
    return this.worldsAsTheyAre();
  }

  empty(): void {
    this.#worlds.clear();
    this.isDemo = false;
    this.ids.restore();
    this.timeline.replace(this.accountId, []);
    this.followClock();
  }

  /** A clock of its own from now on, which runs as the common one does until it is changed. */
  ownClock(): WorldClock {
    const { apart, clock, newTimeline } = this.#shared;
    if (!apart.has(this)) {
      apart.add(this);
      this.clock = new WorldClock(clock);
      this.#moveTo(newTimeline.call(this.#shared, this.clock));
    }
    return this.clock;
  }

  get hasOwnClock(): boolean {
    return this.#shared.apart.has(this);
  }

  /** The common clock again. */
  followClock(): void {
    const { apart, clock, timeline } = this.#shared;
    if (!apart.delete(this)) return;
    this.clock = clock;
    this.#moveTo(timeline);
  }

  /** A time of the account by the common clock. */
  byCommonClock(time: Date): Date {
    const ahead = this.clock.now().getTime() - this.#shared.clock.now().getTime();
    return this.#shared.apart.has(this) ? new Date(time.getTime() - ahead) : time;
  }

  /** Without what is due in it. */
  worldAsItIs(region: string): World {
    const known = this.#worlds.get(region);
    if (known) return known;
    if (this.#worlds.size >= MOST_REGIONS) throw tooManyRegions(this.accountId);
    const world = new World(region, this);
    this.#worlds.set(region, world);
    return world;
  }

  worldsAsTheyAre(): World[] {
    return [...this.#worlds.values()];
  }

  #moveTo(timeline: Timeline<World>): void {
    const due = this.timeline.of(this.accountId);
    this.timeline.replace(this.accountId, []);
    this.timeline = timeline;
    timeline.replace(this.accountId, due);
  }
}

const tooManyRegions = (accountId: string) =>
  new AwsError(
    'LimitExceededException',
    `The emulator has at most ${MOST_REGIONS} regions of an account, which ${accountId} has already`,
    400,
  );
