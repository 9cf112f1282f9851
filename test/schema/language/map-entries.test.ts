import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

const MAIN = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';

it('reads a tag beside the call that reads the tags, also an empty one', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  await gateway.data(
    `mutation { tagResource(input: { resourceArn: "${MAIN}", tags: [{ key: "locked", value: "" }] }) { __typename } }`,
  );
  gateway.calls();
  const { channels } = await gateway.data(
    '{ channels(first: 1) { nodes { team: tag(key: "team") locked: tag(key: "locked") Team: tag(key: "Team") own: tag(key: "constructor") } } }',
  );
  expect(channels.nodes).toEqual([{ team: 'events', locked: '', Team: null, own: null }]);
  expect(gateway.calls()).toEqual({ ListChannels: 1 });
});

it('reads an attribute of a token and of its participant', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const stageArn = 'arn:aws:ivs:us-west-2:123456789012:stage/NewStage0001';
  const { createParticipantToken } = await gateway.data(
    `mutation { createParticipantToken(input: { stageArn: "${stageArn}", attributes: [{ key: "role", value: "host" }] }) {
      ... on CreateParticipantTokenPayload { participantToken { token role: attribute(key: "role") seat: attribute(key: "seat") } } } }`,
  );
  const { token, ...attributes } = createParticipantToken.participantToken;
  expect(attributes).toEqual({ role: 'host', seat: null });

  gateway.emulator.control.join({ token });
  gateway.calls();
  const { stage } = await gateway.data(
    `{ stage(arn: "${stageArn}") { activeSession { participants { nodes { attribute(key: "role") attributes { value } } } } } }`,
  );
  expect(stage.activeSession.participants.nodes).toEqual([
    { attribute: 'host', attributes: [{ value: 'host' }] },
  ]);
  expect(gateway.calls()).toEqual({ GetStage: 1, ListParticipants: 1, GetParticipant: 1 });
});

it('reads a tag with the call that returns it, where lists return no tags', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const query = (field: string) => `{ ingestConfigurations(first: 1) { nodes { ${field} } } }`;
  const { ingestConfigurations } = await gateway.data(query('tags { key value } tag(key: "environment")'));
  const [{ tags, tag }] = ingestConfigurations.nodes;
  expect(tag).toBe(tags.find(({ key }: { key: string }) => key === 'environment')?.value ?? null);
  expect(gateway.calls()).toEqual({ ListIngestConfigurations: 1, GetIngestConfiguration: 1 });
});
