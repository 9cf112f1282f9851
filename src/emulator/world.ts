// The state: one World per region of the account, one Map per kind of resource in it, keyed by ARN.
// A record is the SDK's detail shape and what is behind it; an answer is written by its own shape, so the
// rest never leaves. A record's members are replaced, never changed in place: an answer may still hold them.
import type {
  Channel as ChannelDetail,
  StreamHealth,
  StreamSession as StreamSessionDetail,
} from '@aws-sdk/client-ivs';
import type {
  Event,
  Participant as ParticipantDetail,
  ParticipantReplica,
  ParticipantTokenCapability,
  Stage as StageDetail,
  StageSession as StageSessionDetail,
  StorageConfiguration as StorageConfigurationDetail,
} from '@aws-sdk/client-ivs-realtime';
import type { Clock } from './clock.ts';
import { formatArn, newResourceId, type ResourceKind } from './identifiers.ts';
import type { Ordered } from './paging.ts';

export interface Resource extends Ordered {
  arn: string;
  tags: Record<string, string>;
}

export interface Stage extends StageDetail, Resource {
  arn: string;
  tags: Record<string, string>;
  sessions: Map<string, StageSession>;
}
export interface StageSession extends StageSessionDetail, Ordered {
  sessionId: string;
  participants: Map<string, Participant>;
}
export interface Participant extends ParticipantDetail, Ordered {
  participantId: string;
  capabilities: readonly ParticipantTokenCapability[];
  publishing: boolean;
  /** The participants it is subscribed to. */
  subscriptions: Set<string>;
  events: ParticipantEvent[];
}
export interface ParticipantEvent extends Event, Ordered {}
export interface Replica extends ParticipantReplica, Ordered {}
export interface StorageConfiguration extends StorageConfigurationDetail, Resource {
  arn: string;
  tags: Record<string, string>;
}

export interface Channel extends ChannelDetail, Resource {
  arn: string;
  tags: Record<string, string>;
  streamSessions: StreamSession[];
  /** By viewer, the highest version whose playback sessions are revoked. */
  revocations: Map<string, number>;
}
export interface StreamSession extends StreamSessionDetail, Ordered {
  streamId: string;
  health: StreamHealth;
  viewerCount: number;
}

export class World {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
  readonly stages = new Map<string, Stage>();
  readonly replicas: Replica[] = [];
  readonly storageConfigurations = new Map<string, StorageConfiguration>();
  readonly channels = new Map<string, Channel>();
  #order = 0;
  #asOf: Date | undefined;

  constructor(region: string, accountId: string, clock: Clock) {
    this.region = region;
    this.accountId = accountId;
    this.clock = clock;
  }

  now(): Date {
    return this.#asOf ?? this.clock.now();
  }

  /** Lets something happen at another time: how a world gets a past. */
  asOf(time: Date, happen: () => void): void {
    this.#asOf = time;
    try {
      happen();
    } finally {
      this.#asOf = undefined;
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
  #worlds = new Map<string, World>();

  constructor(accountId: string, clock: Clock) {
    this.accountId = accountId;
    this.clock = clock;
  }

  world(region: string): World {
    const known = this.#worlds.get(region);
    if (known) return known;
    const world = new World(region, this.accountId, this.clock);
    this.#worlds.set(region, world);
    return world;
  }

  worlds(): World[] {
    return [...this.#worlds.values()];
  }

  clear(): void {
    this.#worlds.clear();
  }
}
