// The graph, whole: every file below declares its part when it is imported.
import { GraphQLOneOfDirective, type GraphQLSchema, lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './language/builder.ts';
import { audited } from './patterns/audit.ts';
import './language/errors.ts';
import './low-latency/ad-break.ts';
import './low-latency/ad-configuration.ts';
import './low-latency/channel.ts';
import './low-latency/channel-mutations.ts';
import './low-latency/playback-key-pair.ts';
import './low-latency/playback-restriction-policy.ts';
import './low-latency/recording-configuration.ts';
import './low-latency/rotate-stream-key.ts';
import './low-latency/stream-key.ts';
import './low-latency/stream.ts';
import './low-latency/stream-session.ts';
import './low-latency/viewer-session-mutations.ts';
import './patterns/node.ts';
import './realtime/composition.ts';
import './realtime/composition-destination.ts';
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
import './realtime/public-key.ts';
import './realtime/replicate-participant.ts';
import './realtime/stage.ts';
import './realtime/stage-session.ts';
import './realtime/storage-configuration.ts';
import './language/scalars.ts';
import './patterns/tags.ts';
import './patterns/tags-bulk.ts';
import { withIncremental } from './language/incremental.ts';
import { introduction } from './language/schema-description.ts';
import { keys } from './patterns/federation.ts';
import { withFederation } from './patterns/subgraph.ts';
import { printSubgraph as print } from './patterns/subgraph-sdl.ts';

const built = builder.toSchema({ sortSchema: false });
const contract = withIncremental(lexicographicSortSchema(built));

/** graphql leaves it out, as its parser knows it. Those of before September 2025 do not, nor do strict readers of other languages. */
const oneOf = `"""${GraphQLOneOfDirective.description}"""
directive @${GraphQLOneOfDirective.name} on ${GraphQLOneOfDirective.locations.join(' | ')}`;

/** The contract without federation. */
export const printContract = (): string => [oneOf, printSchema(contract)].join('\n\n');

/** The contract as a supergraph's composition reads it. */
export const printSubgraph = (): string => print(built, keys);

/** The graph as a Federation 2 subgraph: what the endpoint serves. */
export const schema: GraphQLSchema = Object.assign(audited(withFederation(contract, printSubgraph)), {
  description: introduction,
});
