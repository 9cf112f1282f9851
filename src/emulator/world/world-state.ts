// What is in a world, and nothing else: a snapshot is a fork of it. One table per kind of resource, keyed by ARN.
import { IndexedTable } from '../persistent/indexed-table.ts';
import { Table } from '../persistent/table.ts';
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
  readonly stages = new Table<Stage>();
  /** Keyed by order. They stay when they have ended. */
  readonly replicas = new IndexedTable<Replica, 'participantId' | 'sourceStageArn' | 'destinationStageArn'>([
    'participantId',
    'sourceStageArn',
    'destinationStageArn',
  ]);
  readonly ingestConfigurations = new Table<IngestConfiguration>();
  readonly publicKeys = new Table<PublicKey>();
  readonly compositions = new Table<Composition>();
  readonly encoderConfigurations = new Table<EncoderConfiguration>();
  readonly storageConfigurations = new Table<StorageConfiguration>();
  readonly channels = new Table<Channel>();
  readonly streamKeys = new IndexedTable<StreamKey, 'channelArn'>(['channelArn']);
  readonly recordingConfigurations = new Table<RecordingConfiguration>();
  readonly playbackRestrictionPolicies = new Table<PlaybackRestrictionPolicy>();
  readonly playbackKeyPairs = new Table<PlaybackKeyPair>();
  readonly adConfigurations = new Table<AdConfiguration>();
  /** The place of the newest item in the order of creation. */
  order = 0;
  /** What was made between forks, which all later ones hold as well. */
  parts: readonly Part[] = [];
  /** The newest item in the parts. */
  lastInParts = 0;
}

/** Without the tables that are empty. */
export type WorldFork = Partial<WorldState> & Pick<WorldState, 'order' | 'parts' | 'lastInParts'>;

/** Held once, however many snapshots have it. */
export interface Part {
  bytes: number;
}

/** Of the process for each participant, event or other item of a crowd: 500 to 700 in its heap, and the heap's spare room. */
const ITEM_BYTES = 900;
/** Beyond, they become one, which is then counted once more. */
const MOST_PARTS = 50;

const names = Object.keys(new WorldState()) as (keyof WorldState)[];

/** Of a world only what its state declares, into one that is empty: most tables of most worlds have nothing to fork. */
export function forkInto<T extends WorldFork>(to: T, from: WorldFork): T {
  closePart(from);
  for (const name of names) {
    const member = from[name];
    if (member === undefined) continue;
    if (typeof member !== 'object' || !('fork' in member)) Object.assign(to, { [name]: member });
    else if (member.size > 0) Object.assign(to, { [name]: member.fork() });
  }
  return to;
}

function closePart(state: WorldFork): void {
  const bytes = (state.order - state.lastInParts) * ITEM_BYTES;
  if (bytes <= 0) return;
  const parts = [...state.parts, { bytes }];
  state.parts = parts.length > MOST_PARTS ? [{ bytes: bytesOf(parts) }] : parts;
  state.lastInParts = state.order;
}

export const bytesOf = (parts: Iterable<Part>): number =>
  [...parts].reduce((sum, { bytes }) => sum + bytes, 0);
