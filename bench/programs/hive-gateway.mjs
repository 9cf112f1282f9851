// Hive Gateway over a JSON-schema source: IVS described operation by operation, composed and served. It is not told to
// sign for AWS: the stand-in does not ask.
import { createGatewayRuntime } from '@graphql-hive/gateway';
import { getComposedSchemaFromConfig } from '@graphql-mesh/compose-cli';
import rest from '@graphql-mesh/transport-rest';
import { loadJSONSchemaSubgraph } from '@omnigraph/json-schema';
import { authorization } from '../harness/stand-in.mjs';
import { listen } from './listen.mjs';

const text = { type: 'string' };
const listOf = (items) => ({ type: 'array', items });
/** @param {string} title @param {Record<string, object>} properties */
const shape = (title, properties) => ({ type: 'object', title, properties });

const participant = shape('Participant', {
  participantId: text,
  userId: text,
  browserName: text,
  osName: text,
});
const stage = shape('StageSummary', { arn: text, name: text, activeSessionId: text });
const session = { stageArn: text, sessionId: text };

/** @param {string} field @param {string} path @param {object} input @param {object} output */
const operation = (field, path, input, output) => ({
  type: 'Query',
  field,
  path,
  method: 'POST',
  requestSchema: shape(`${path.slice(1)}Input`, input),
  responseSchema: shape(`${path.slice(1)}Output`, output),
});

const source = loadJSONSchemaSubgraph('ivs', {
  endpoint: process.env.AWS_ENDPOINT_URL,
  operationHeaders: { authorization, 'content-type': 'application/json' },
  operations: [
    operation('stages', '/ListStages', { maxResults: { type: 'integer' } }, { stages: listOf(stage) }),
    operation(
      'participants',
      '/ListParticipants',
      { ...session, maxResults: { type: 'integer' } },
      { participants: listOf(participant) },
    ),
    operation('participant', '/GetParticipant', { ...session, participantId: text }, { participant }),
  ],
});

const additionalTypeDefs = `
  extend type StageSummary {
    list: ListParticipantsOutput @resolveTo(
      sourceName: "ivs"
      sourceTypeName: "Query"
      sourceFieldName: "participants"
      requiredSelectionSet: "{ arn activeSessionId }"
      sourceArgs: { input: { stageArn: "{root.arn}", sessionId: "{root.activeSessionId}", maxResults: 100 } }
    )
  }
`;

const silent = { debug() {}, info() {}, log() {}, warn() {}, error: console.error, child: () => silent };
const supergraph = await getComposedSchemaFromConfig(
  { subgraphs: [{ sourceHandler: source }], additionalTypeDefs },
  silent,
);
const gateway = createGatewayRuntime({ supergraph, transports: { rest }, logging: 'error' });
listen(gateway);
