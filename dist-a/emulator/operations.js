// The table of everything the emulator can do: all of both SDKs, or it does not compile.
import { adConfigurationOperations } from './low-latency/ad-configuration.js';
import { channelOperations } from './low-latency/channel.js';
import { channelMutationOperations } from './low-latency/channel-mutations.js';
import { playbackKeyPairOperations } from './low-latency/playback-key-pair.js';
import { playbackRestrictionPolicyOperations } from './low-latency/playback-restriction-policy.js';
import { recordingConfigurationOperations } from './low-latency/recording-configuration.js';
import { streamOperations } from './low-latency/stream.js';
import { streamKeyOperations } from './low-latency/stream-key.js';
import { streamSessionOperations } from './low-latency/stream-session.js';
import { viewerSessionOperations } from './low-latency/viewer-session.js';
import { compositionOperations } from './realtime/composition.js';
import { encoderConfigurationOperations } from './realtime/encoder-configuration.js';
import { ingestConfigurationOperations } from './realtime/ingest-configuration.js';
import { participantOperations } from './realtime/participant.js';
import { participantEventOperations } from './realtime/participant-event.js';
import { participantReplicaOperations } from './realtime/participant-replica.js';
import { participantTokenOperations } from './realtime/participant-token.js';
import { publicKeyOperations } from './realtime/public-key.js';
import { stageOperations } from './realtime/stage.js';
import { stageSessionOperations } from './realtime/stage-session.js';
import { storageConfigurationOperations } from './realtime/storage-configuration.js';
import { tagOperations } from './tags.js';
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
export const operations = table;
