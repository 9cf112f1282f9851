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
import type { IndexedTable } from '../persistent/indexed-table.ts';
import type { Ordered } from '../persistent/paging.ts';
import type { SortedMap } from '../persistent/sorted-map.ts';
import type { Table } from '../persistent/table.ts';

export interface Resource extends Ordered {
  arn: string;
  tags: Record<string, string>;
}

export interface Stage extends StageDetail, Resource {
  arn: string;
  tags: Record<string, string>;
  /** Of no session the empty string. */
  activeSessionId: string;
  sessions: Table<StageSession>;
  /** The participants that have joined, and those for whom tokens were made. */
  invited: SortedMap<string, true>;
  /** Participants that DisconnectParticipant has excluded from joining, or joining again. */
  banned: SortedMap<string, true>;
}
export interface StageSession extends StageSessionDetail, Ordered {
  sessionId: string;
  participants: Participants;
  /** The ids of those who publish. */
  publishers: Set<string>;
  /** By order: the current ones, and ended ones whose end not all subscribers have noted. */
  publications: SortedMap<number, Publication>;
}
/** Indexed by what ListParticipants filters by. */
export type Participants = IndexedTable<Participant, 'userId' | 'published' | 'state' | 'recordingState'>;
export interface Participant extends ParticipantDetail, Ordered {
  participantId: string;
  stageArn: string;
  sessionId: string;
  capabilities: readonly ParticipantTokenCapability[];
  /** When its token expires. */
  expirationTime: Date;
  /** The order of its publication, while it publishes. */
  publication?: number | undefined;
  /** By publisher, the order of the publication that it is subscribed to: see subscription.ts. Absent until there is one. */
  subscriptions?: Map<string, number>;
  /** The next change of its recording. */
  recordingNext?: number;
  recording?: ParticipantRecording;
  events: ParticipantEvent[];
}
export interface ParticipantRecording {
  bucketName: string;
  keyPrefix: string;
  /** Since when something is recorded. */
  since?: Date;
  /** That its end is reported. */
  ending?: number;
}
export interface ParticipantEvent extends Event, Ordered {}
export interface Publication extends Ordered {
  isReplica: boolean;
  /** How many subscriptions to it have not ended, or are not noted as ended. */
  subscribers: number;
  end?: { eventTime: Date; order: number };
}
export interface Replica extends ParticipantReplica, Ordered {
  sourceStageArn: string;
  destinationStageArn: string;
  participantId: string;
  /** How long it waits for an original that has left. */
  reconnectWindowSeconds: number;
  /** That it stops, while its original is away. */
  awaiting?: number;
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
  /** That it stops, while its stage has no publisher. */
  silence?: number | undefined;
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
  streamSessions: Table<StreamSession>;
  /** By viewer. */
  revocations: Table<Revocation>;
}
interface Revocation extends Ordered {
  viewerId: string;
  /** The highest whose playback sessions are revoked. */
  version: number;
}
export interface StreamSession extends StreamSessionDetail, Ordered {
  streamId: string;
  startTime: Date;
  hasErrorEvent: boolean;
  health: StreamHealth;
  viewerCount: number;
  /** Absent where it is not recorded, or no longer. */
  recording?: StreamRecording | undefined;
  /** Of the last ad break. */
  adBreakEnd?: Date;
  takeovers?: number;
}
export interface StreamRecording {
  bucketName: string;
  keyPrefix: string;
  sessionId: string;
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
