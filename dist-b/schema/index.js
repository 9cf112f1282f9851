// The graph, whole: every file below declares its part when it is imported.
import { lexicographicSortSchema, specifiedDirectives } from 'graphql';
import { builder } from './language/builder.js';
import { audited } from './patterns/audit.js';
import './language/errors.js';
import './low-latency/ad-break.js';
import './low-latency/ad-configuration.js';
import './low-latency/channel.js';
import './low-latency/channel-mutations.js';
import './low-latency/playback-key-pair.js';
import './low-latency/playback-restriction-policy.js';
import './low-latency/recording-configuration.js';
import './low-latency/rotate-stream-key.js';
import './low-latency/stream-key.js';
import './low-latency/stream.js';
import './low-latency/stream-session.js';
import './low-latency/viewer-session-mutations.js';
import './patterns/node.js';
import './realtime/composition.js';
import './realtime/composition-destination.js';
import './realtime/create-participant-tokens.js';
import './realtime/disconnect-participant.js';
import './realtime/disconnect-participants.js';
import './realtime/encoder-configuration.js';
import './realtime/ingest-configuration.js';
import './realtime/ingest-configuration-mutations.js';
import './realtime/participant.js';
import './realtime/participant-event.js';
import './realtime/participant-replica.js';
import './realtime/participant-token.js';
import './realtime/participants-count.js';
import './realtime/public-key.js';
import './realtime/publish-interval.js';
import './realtime/replicate-participant.js';
import './realtime/stage.js';
import './realtime/stage-session.js';
import './realtime/storage-configuration.js';
import './language/scalars.js';
import './patterns/tags.js';
import './patterns/tags-bulk.js';
import { incremental } from './language/incremental.js';
import { introduction } from './language/schema-description.js';
import { semanticNonNull } from './language/semantic-non-null.js';
import { printContract as print } from './patterns/contract-sdl.js';
import { keys } from './patterns/federation.js';
import { withFederation } from './patterns/subgraph.js';
import { printSubgraph as printEntities } from './patterns/subgraph-sdl.js';
const built = builder.toSchema({
    sortSchema: false,
    directives: [...specifiedDirectives, ...incremental, semanticNonNull],
});
const contract = lexicographicSortSchema(built);
/** The contract without federation. */
export const printContract = () => print(contract);
/** The contract as a supergraph's composition reads it. */
export const printSubgraph = () => printEntities(built, keys);
/** The graph as a Federation 2 subgraph: what the endpoint serves. */
export const schema = Object.assign(audited(withFederation(contract, printSubgraph)), {
    description: introduction,
});
