// What is in a world, and nothing else: a snapshot is a copy of it. One Map per kind of resource, keyed by ARN.
import { copy, type Meter } from './copy.ts';
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

const names = Object.keys(new WorldState()) as (keyof WorldState)[];

/** Of a world only what its state declares, into one that is empty: most Maps of most worlds have nothing to copy. */
export function copyInto<T extends WorldState>(to: T, from: WorldState, meter: Meter): T {
  for (const name of names) {
    const member = from[name];
    const isEmpty =
      (member instanceof Map && member.size === 0) || (Array.isArray(member) && member.length === 0);
    if (!isEmpty) Object.assign(to, { [name]: copy(member, meter) });
  }
  return to;
}
