// The table of everything the emulator can do: all of both SDKs, or it does not compile.
import { adConfigurationOperations } from '../low-latency/ad-configuration.ts';
import { channelOperations } from '../low-latency/channel.ts';
import { channelMutationOperations } from '../low-latency/channel-mutations.ts';
import { playbackKeyPairOperations } from '../low-latency/playback-key-pair.ts';
import { playbackRestrictionPolicyOperations } from '../low-latency/playback-restriction-policy.ts';
import { recordingConfigurationOperations } from '../low-latency/recording-configuration.ts';
import { streamOperations } from '../low-latency/stream.ts';
import { streamKeyOperations } from '../low-latency/stream-key.ts';
import { streamSessionOperations } from '../low-latency/stream-session.ts';
import { viewerSessionOperations } from '../low-latency/viewer-session.ts';
import type { Operations } from '../model/operation.ts';
import { compositionOperations } from '../realtime/composition.ts';
import { encoderConfigurationOperations } from '../realtime/encoder-configuration.ts';
import { ingestConfigurationOperations } from '../realtime/ingest-configuration.ts';
import { participantOperations } from '../realtime/participant.ts';
import { participantEventOperations } from '../realtime/participant-event.ts';
import { participantReplicaOperations } from '../realtime/participant-replica.ts';
import { participantTokenOperations } from '../realtime/participant-token.ts';
import { publicKeyOperations } from '../realtime/public-key.ts';
import { stageOperations } from '../realtime/stage.ts';
import { stageSessionOperations } from '../realtime/stage-session.ts';
import { storageConfigurationOperations } from '../realtime/storage-configuration.ts';
import { tagOperations } from './tags.ts';

const table = {
  ...stageOperations,
  ...stageSessionOperations,
  ...participantOperations,
  ...participantEventOperations,
  ...participantReplicaOperations,
  ...participantTokenOperations,
  ...ingestConfigurationOperations,
  ...publicKeyOperations,
  ...compositionOperations,
  ...encoderConfigurationOperations,
  ...storageConfigurationOperations,
  ...channelOperations,
  ...channelMutationOperations,
  ...streamKeyOperations,
  ...recordingConfigurationOperations,
  ...playbackRestrictionPolicyOperations,
  ...playbackKeyPairOperations,
  ...streamOperations,
  ...streamSessionOperations,
  ...adConfigurationOperations,
  ...viewerSessionOperations,
  ...tagOperations,
};

// TypeScript does not look for members too many in what a function returns, so a misspelt optional member
// of a response would pass: this is the union of all such, and the table is assignable only if there is none.
type MembersOf<T> = T extends T ? keyof T : never;
type Misspelt = {
  [K in keyof typeof table]: Exclude<
    MembersOf<ReturnType<(typeof table)[K]>>,
    keyof ReturnType<Operations[K]>
  >;
}[keyof typeof table];

export const operations: [Misspelt] extends [never] ? Operations : Misspelt = table;
