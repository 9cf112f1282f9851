// What is in a world, and nothing else: a snapshot is a copy of it. One Map per kind of resource, keyed by ARN.
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

export class WorldState {
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
  /** The place of the newest item in the order of creation. */
  order = 0;
}
