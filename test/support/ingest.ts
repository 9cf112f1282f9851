// Ingest configurations for tests, made through the graph.
import { startGateway, type TestGateway } from './gateway.ts';
import { createSession } from './world.ts';

export const createMutation = `mutation ($input: CreateIngestConfigurationInput!) { createIngestConfiguration(input: $input) {
  __typename ... on CreateIngestConfigurationPayload { ingestConfiguration {
    id arn name ingestProtocol stageArn participantId state userId redundantIngest streamKey
    redundantIngestCredentials { participantId streamKey } attributes { key value } tags { key value } } }
  ... on MutationError { code message } } }`;

export async function createIngestConfiguration({ data, emulator }: TestGateway, input: object = {}) {
  const { createIngestConfiguration } = await data(createMutation, {
    input: { ingestProtocol: 'RTMPS', ...input },
  });
  emulator.calls.reset();
  return createIngestConfiguration.ingestConfiguration;
}

/** One on a stage with somebody else on it. */
export async function startIngesting(input: object = {}) {
  const gateway = await startGateway();
  const { stageArn, sessionId } = await createSession(gateway, 1);
  const made = await createIngestConfiguration(gateway, { stageArn, name: 'camera', ...input });
  return { gateway, ...made, stageArn, sessionId, control: gateway.emulator.control };
}
