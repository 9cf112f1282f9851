// The graph, whole: every file below declares its part when it is imported.
import { type GraphQLSchema, lexicographicSortSchema, specifiedDirectives } from 'graphql';
import { builder } from './language/builder.ts';
import { audited } from './patterns/audit.ts';
import './language/errors.ts';
import './low-latency/ad-break.ts';
import './low-latency/ad-configuration.ts';
import './low-latency/channel.ts';
import './low-latency/channel-events.ts';
import './low-latency/channel-mutations.ts';
import './low-latency/playback-key-pair.ts';
import './low-latency/playback-restriction-policy.ts';
import './low-latency/recording-configuration.ts';
import './low-latency/rotate-stream-key.ts';
import './low-latency/stream-key.ts';
import './low-latency/stream.ts';
import './low-latency/stream-session.ts';
import './low-latency/streams-live.ts';
import './low-latency/viewer-session-mutations.ts';
import './patterns/node.ts';
import './realtime/composition.ts';
import './realtime/composition-destination.ts';
import './realtime/compositions-live.ts';
import './realtime/create-participant-tokens.ts';
import './realtime/disconnect-participant.ts';
import './realtime/disconnect-participants.ts';
import './realtime/encoder-configuration.ts';
import './realtime/ingest-configuration.ts';
import './realtime/ingest-configuration-mutations.ts';
import './realtime/participant.ts';
import './realtime/participant-event.ts';
import './realtime/participant-replica.ts';
import './realtime/participant-token.ts';
import './realtime/participants-count.ts';
import './realtime/participants-live.ts';
import './realtime/public-key.ts';
import './realtime/publish-interval.ts';
import './realtime/replicate-participant.ts';
import './realtime/stage.ts';
import './realtime/stage-events.ts';
import './realtime/stage-session.ts';
import './realtime/storage-configuration.ts';
import './language/scalars.ts';
import './patterns/tags.ts';
import './patterns/tags-bulk.ts';
import { incremental } from './language/incremental.ts';
import { introduction } from './language/schema-description.ts';
import { semanticNonNull } from './language/semantic-non-null.ts';
import { printContract as print } from './patterns/contract-sdl.ts';
import { keys } from './patterns/federation.ts';
import { withFederation } from './patterns/subgraph.ts';
import { printSubgraph as printEntities } from './patterns/subgraph-sdl.ts';

const built = builder.toSchema({
  sortSchema: false,
  directives: [...specifiedDirectives, ...incremental, semanticNonNull],
});
const contract = lexicographicSortSchema(built);

/** The contract without federation. */
export const printContract = (): string => print(contract);

/** The contract as a supergraph's composition reads it. */
export const printSubgraph = (): string => printEntities(built, keys);

/** The graph as a Federation 2 subgraph: what the endpoint serves. */
export const schema: GraphQLSchema = Object.assign(audited(withFederation(contract, printSubgraph)), {
  description: introduction,
});
