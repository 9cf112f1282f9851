// The graph, whole: every file below declares its part when it is imported.
import { type GraphQLSchema, printSchema } from 'graphql';
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
import './low-latency/stream-key.ts';
import './low-latency/stream.ts';
import './low-latency/stream-session.ts';
import './low-latency/viewer-session.ts';
import './patterns/node.ts';
import './realtime/composition.ts';
import './realtime/composition-destination.ts';
import './realtime/disconnect-participant.ts';
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
import { withIncremental } from './language/incremental.ts';
import { withDescription } from './language/schema-description.ts';
import { withEntities } from './patterns/federation.ts';

/** The graph as a Federation 2 subgraph: what the endpoint serves. */
export const schema: GraphQLSchema = withIncremental(
  withDescription(
    audited(withEntities(builder.toSubGraphSchema({ linkUrl: 'https://specs.apollo.dev/federation/v2.6' }))),
  ),
);

/** The contract without federation. */
export const printContract = (): string => printSchema(withIncremental(builder.toSchema()));

/** The contract as a supergraph's composition reads it. `printSchema` would drop the directives. */
export async function printSubgraph(): Promise<string> {
  const { graphql } = await import('graphql');
  const { data } = await graphql({ schema, source: '{ _service { sdl } }' });
  return (data as { _service: { sdl: string } })._service.sdl;
}
