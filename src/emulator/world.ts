// The state: one World per region of the account, one Map per kind of resource in it, keyed by ARN.
import type { Clock } from './clock.ts';
import { EventBus } from './events/bus.ts';
import { FineTime, type NewEvent } from './events/event.ts';
import { formatArn, newResourceId, type ResourceKind } from './identifiers.ts';
import type {
  AdConfiguration,
  Channel,
  Composition,
  EncoderConfiguration,
  IngestConfiguration,
  PlaybackKeyPair,
  PlaybackRestrictionPolicy,
  PublicKey,
  RecordingConfiguration,
  Replica,
  Stage,
  StorageConfiguration,
  StreamKey,
} from './records.ts';

export type * from './records.ts';

export class World {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  readonly fineTime = new FineTime();
  readonly stages = new Map<string, Stage>();
  readonly replicas: Replica[] = [];
  readonly ingestConfigurations = new Map<string, IngestConfiguration>();
  readonly publicKeys = new Map<string, PublicKey>();
  readonly compositions = new Map<string, Composition>();
  readonly encoderConfigurations = new Map<string, EncoderConfiguration>();
  readonly storageConfigurations = new Map<string, StorageConfiguration>();
  readonly channels = new Map<string, Channel>();
  readonly streamKeys = new Map<string, StreamKey>();
  readonly recordingConfigurations = new Map<string, RecordingConfiguration>();
  readonly playbackRestrictionPolicies = new Map<string, PlaybackRestrictionPolicy>();
  readonly playbackKeyPairs = new Map<string, PlaybackKeyPair>();
  readonly adConfigurations = new Map<string, AdConfiguration>();
  #order = 0;
  #asOf: Date | undefined;
  #due: { time: Date; happen: () => void }[] = [];
  #events: EventBus;

  constructor(region: string, accountId: string, clock: Clock, events = new EventBus()) {
    this.region = region;
    this.accountId = accountId;
    this.clock = clock;
    this.#events = events;
  }

  /** Puts an event of now on the account's bus. */
  emit(event: NewEvent): void {
    const { accountId, region } = this;
    this.#events.put({ accountId, region, time: this.now() }, event);
  }

  now(): Date {
    return this.#asOf ?? this.clock.now();
  }

  /** Lets something happen at another time: how a world gets a past. */
  asOf(time: Date, happen: () => void): void {
    this.catchUp(time);
    this.#at(time, happen);
  }

  #at(time: Date, happen: () => void): void {
    const before = this.#asOf;
    this.#asOf = time;
    try {
      happen();
    } finally {
      this.#asOf = before;
    }
  }

  /** Lets something happen by itself once `seconds` have passed. The clock does not ring: see `catchUp`. */
  after(seconds: number, happen: () => void): void {
    this.#due.push({ time: new Date(this.now().getTime() + seconds * 1000), happen });
  }

  /** Runs what has become due since the last look at this world, each event at its own time. */
  catchUp(until = this.now()): void {
    for (;;) {
      const [next] = this.#due.sort((a, b) => a.time.getTime() - b.time.getTime());
      if (!next || next.time > until) return;
      this.#due.shift();
      this.#at(next.time, next.happen);
    }
  }

  /** The place of a new item in the order of creation. */
  nextOrder(): number {
    this.#order += 1;
    return this.#order;
  }

  newArn(kind: ResourceKind, id = newResourceId()): string {
    return formatArn({ region: this.region, accountId: this.accountId, kind, id });
  }
}

/** The worlds of one account, each made when its region is first named. */
export class Account {
  readonly accountId: string;
  readonly clock: Clock;
  readonly events: EventBus;
  #worlds = new Map<string, World>();

  constructor(accountId: string, clock: Clock, events = new EventBus()) {
    this.accountId = accountId;
    this.clock = clock;
    this.events = events;
  }

  /** The world of a region as it is now. */
  world(region: string): World {
    const known = this.#worlds.get(region);
    known?.catchUp();
    if (known) return known;
    const world = new World(region, this.accountId, this.clock, this.events);
    this.#worlds.set(region, world);
    return world;
  }

  worlds(): World[] {
    return [...this.#worlds.keys()].map((region) => this.world(region));
  }

  clear(): void {
    this.#worlds.clear();
    this.events.clear();
  }
}
