// The state: one World per region of the account, one Map per kind of resource in it, keyed by ARN.
// A record is the SDK's detail shape and what is behind it; a response is written by its own shape, so the
// rest never leaves. A record's members are replaced, never changed in place: a response may still hold them.
import type {
  AdConfiguration as AdConfigurationDetail,
  Channel as ChannelDetail,
  PlaybackKeyPair as PlaybackKeyPairDetail,
  PlaybackRestrictionPolicy as PlaybackRestrictionPolicyDetail,
  RecordingConfiguration as RecordingConfigurationDetail,
  StreamHealth,
  StreamKey as StreamKeyDetail,
  StreamSession as StreamSessionDetail,
} from '@aws-sdk/client-ivs';
import type {
  Composition as CompositionDetail,
  CompositionState,
  Destination as DestinationDetail,
  DestinationState,
  EncoderConfiguration as EncoderConfigurationDetail,
  Event,
  IngestConfiguration as IngestConfigurationDetail,
  Participant as ParticipantDetail,
  ParticipantReplica,
  ParticipantTokenCapability,
  PublicKey as PublicKeyDetail,
  Stage as StageDetail,
  StageSession as StageSessionDetail,
  StartCompositionRequest,
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
  /** Of no session the empty string. */
  activeSessionId: string;
  sessions: Map<string, StageSession>;
  /** The participants for whom tokens were made, joined or not. */
  invited: Set<string>;
  /** Participants that DisconnectParticipant has excluded from joining, or joining again. */
  banned: Set<string>;
}
export interface StageSession extends StageSessionDetail, Ordered {
  sessionId: string;
  participants: Map<string, Participant>;
}
export interface Participant extends ParticipantDetail, Ordered {
  participantId: string;
  capabilities: readonly ParticipantTokenCapability[];
  /** When its token expires. */
  expirationTime: Date;
  publishing: boolean;
  /** The participants it is subscribed to. */
  subscriptions: Set<string>;
  /** Grows with every change of its recording. */
  recordingTurn?: number;
  events: ParticipantEvent[];
}
export interface ParticipantEvent extends Event, Ordered {}
export interface Replica extends ParticipantReplica, Ordered {
  sourceStageArn: string;
  destinationStageArn: string;
  participantId: string;
  /** How long it waits for an original that has left. */
  reconnectWindowSeconds: number;
  /** Since when the original is away. */
  awaitedSince?: Date | undefined;
}
export interface IngestConfiguration extends Omit<IngestConfigurationDetail, 'state'>, Resource {
  arn: string;
  tags: Record<string, string>;
  ingestProtocol: 'RTMP' | 'RTMPS';
  streamKey: string;
  /** Empty when it belongs to no stage. */
  stageArn: string;
  participantId: string;
}
export interface PublicKey extends PublicKeyDetail, Resource {
  arn: string;
  tags: Record<string, string>;
}
export interface Composition extends CompositionDetail, Resource {
  arn: string;
  tags: Record<string, string>;
  stageArn: string;
  state: CompositionState;
  destinations: CompositionDestination[];
  /** That its stage has no publisher: a new object each time it begins. */
  silence?: object | undefined;
  /** What it was started with, by which a repeated request is known. */
  request: StartCompositionRequest;
}
export interface CompositionDestination extends DestinationDetail {
  id: string;
  state: DestinationState;
  /** Of the stream that it makes of its channel. */
  streamId: string;
}
export interface EncoderConfiguration extends EncoderConfigurationDetail, Resource {
  arn: string;
  tags: Record<string, string>;
}
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
  startTime: Date;
  hasErrorEvent: boolean;
  health: StreamHealth;
  viewerCount: number;
}
export interface StreamKey extends StreamKeyDetail, Resource {
  arn: string;
  tags: Record<string, string>;
  channelArn: string;
}
export interface RecordingConfiguration extends RecordingConfigurationDetail, Resource {
  arn: string;
  tags: Record<string, string>;
}
export interface PlaybackRestrictionPolicy extends PlaybackRestrictionPolicyDetail, Resource {
  arn: string;
  tags: Record<string, string>;
}
export interface PlaybackKeyPair extends PlaybackKeyPairDetail, Resource {
  arn: string;
  tags: Record<string, string>;
}
export interface AdConfiguration extends AdConfigurationDetail, Resource {
  arn: string;
  tags: Record<string, string>;
}

export class World {
  readonly region: string;
  readonly accountId: string;
  readonly clock: Clock;
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
  #worlds = new Map<string, World>();

  constructor(accountId: string, clock: Clock) {
    this.accountId = accountId;
    this.clock = clock;
  }

  /** The world of a region as it is now. */
  world(region: string): World {
    const known = this.#worlds.get(region);
    known?.catchUp();
    if (known) return known;
    const world = new World(region, this.accountId, this.clock);
    this.#worlds.set(region, world);
    return world;
  }

  worlds(): World[] {
    return [...this.#worlds.keys()].map((region) => this.world(region));
  }

  clear(): void {
    this.#worlds.clear();
  }
}
