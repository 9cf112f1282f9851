import { describe, expect, it } from 'vitest';
import { ManualClock } from '../../emulator/support/clock.ts';
import { startGateway } from '../../support/gateway.ts';
import { deleted } from '../../support/ids.ts';
import { unionErrors } from '../../support/unions.ts';

const SHOWS = 'arn:aws:ivs:us-west-2:123456789012:recording-configuration/Shows0000001';
const HIGHLIGHTS = SHOWS.replace('Shows0000001', 'Highlights01');
const KEYNOTE = 'arn:aws:ivs:us-west-2:123456789012:channel/Keynote00001';
const MAIN = KEYNOTE.replace('Keynote00001', 'MainStage001');

const summary = '__typename arn name destinationConfiguration { s3 { bucketName } } state tags { key value }';
const detail = `thumbnailConfiguration { recordingMode targetIntervalSeconds resolution storage }
  recordingReconnectWindowSeconds renditionConfiguration { renditionSelection renditions }`;
const highlights = {
  __typename: 'RecordingConfiguration',
  arn: HIGHLIGHTS,
  name: 'highlights',
  destinationConfiguration: { s3: { bucketName: 'ivs-highlights-us-west-2' } },
  state: 'ACTIVE',
  tags: [],
};

describe('reading recording configurations', () => {
  it('answers every member with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { recordingConfiguration } = await gateway.data(
      `{ recordingConfiguration(arn: "${HIGHLIGHTS}") { ${summary} ${detail} } }`,
    );
    expect(recordingConfiguration).toEqual({
      ...highlights,
      thumbnailConfiguration: {
        recordingMode: 'DISABLED',
        targetIntervalSeconds: 60,
        resolution: null,
        storage: ['SEQUENTIAL'],
      },
      recordingReconnectWindowSeconds: 0,
      renditionConfiguration: { renditionSelection: 'CUSTOM', renditions: ['HD', 'LOWEST_RESOLUTION'] },
    });
    expect(gateway.calls()).toEqual({ GetRecordingConfiguration: 1 });
  });

  it('costs a list call for summary fields, and one GetRecordingConfiguration each for detail fields', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const list = (fields: string) => gateway.data(`{ recordingConfigurations { nodes { ${fields} } } }`);
    expect((await list(summary)).recordingConfigurations.nodes).toMatchObject([{ arn: SHOWS }, highlights]);
    expect(gateway.calls()).toEqual({ ListRecordingConfigurations: 1 });
    await list(`name ${detail}`);
    expect(gateway.calls()).toEqual({ ListRecordingConfigurations: 1, GetRecordingConfiguration: 2 });
  });

  it('lists the region that is asked for', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { recordingConfigurations } = await gateway.data(
      '{ recordingConfigurations(region: "eu-west-1", first: 1) { nodes { arn } pageInfo { hasNextPage } } }',
    );
    expect(recordingConfigurations).toEqual({
      nodes: [{ arn: SHOWS.replace('us-west-2', 'eu-west-1') }],
      pageInfo: { hasNextPage: true },
    });
  });

  it('stands beside its ARN on a channel, null where nothing is recorded', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const recording = 'recordingConfigurationArn recordingConfiguration { arn name }';
    const { keynote, main } = await gateway.data(
      `{ keynote: channel(arn: "${KEYNOTE}") { ${recording} } main: channel(arn: "${MAIN}") { ${recording} } }`,
    );
    expect(keynote).toEqual({
      recordingConfigurationArn: SHOWS,
      recordingConfiguration: { arn: SHOWS, name: 'shows' },
    });
    expect(main).toEqual({ recordingConfigurationArn: null, recordingConfiguration: null });
    expect(gateway.calls()).toEqual({ BatchGetChannel: 1, GetRecordingConfiguration: 1 });
  });

  it('lists the channels that record with it, with one call', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { recordingConfigurations } = await gateway.data(
      '{ recordingConfigurations { nodes { channels { nodes { name recordingConfiguration { name } } } } } }',
    );
    const recordingConfiguration = { name: 'shows' };
    expect(recordingConfigurations.nodes).toEqual([
      {
        channels: {
          nodes: [
            { name: 'keynote', recordingConfiguration },
            { name: 'cooking-show', recordingConfiguration },
          ],
        },
      },
      { channels: { nodes: [] } },
    ]);
    expect(gateway.calls()).toEqual({ ListRecordingConfigurations: 1, ListChannels: 2 });
  });

  it('answers null for what does not exist, an error for what is no such ARN', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { data, errors } = await gateway.ask(
      `{ missing: recordingConfiguration(arn: "${SHOWS}x") { name } wrong: recordingConfiguration(arn: "${MAIN}") { name } }`,
    );
    expect(data).toEqual({ missing: null, wrong: null });
    expect(errors).toMatchObject([{ path: ['wrong'], extensions: { code: 'BAD_USER_INPUT' } }]);
  });
});

describe('changing recording configurations', () => {
  const create = `mutation ($input: CreateRecordingConfigurationInput!) { createRecordingConfiguration(input: $input) {
    __typename
    ... on CreateRecordingConfigurationPayload { recordingConfiguration { ${summary} ${detail} } }
    ... on MutationError { code message }
  } }`;
  const remove = `mutation ($arn: ID!) { deleteRecordingConfiguration(input: { arn: $arn }) {
    __typename
    ... on DeleteRecordingConfigurationPayload { deletedId arn }
    ... on MutationError { code message }
  } }`;
  const destinationConfiguration = { s3: { bucketName: 'a-bucket' } };

  it('creates one with every setting, in one call, and it becomes active', async () => {
    const clock = new ManualClock();
    const gateway = await startGateway({ clock });
    const settings = {
      name: 'evening',
      destinationConfiguration,
      tags: [{ key: 'a', value: 'b' }],
      thumbnailConfiguration: {
        recordingMode: 'INTERVAL',
        targetIntervalSeconds: 7,
        resolution: 'LOWEST_RESOLUTION',
        storage: ['SEQUENTIAL', 'LATEST'],
      },
      recordingReconnectWindowSeconds: 30,
      renditionConfiguration: { renditionSelection: 'CUSTOM', renditions: ['SD'] },
    };
    const { createRecordingConfiguration } = await gateway.data(create, {
      input: { region: 'eu-west-1', ...settings },
    });
    const made = createRecordingConfiguration.recordingConfiguration;
    expect(made).toMatchObject({ ...settings, state: 'CREATING' });
    expect(made.arn).toMatch(/^arn:aws:ivs:eu-west-1:/);
    expect(gateway.calls()).toEqual({ CreateRecordingConfiguration: 1 });

    clock.advance(5000);
    const { recordingConfiguration } = await gateway.data(
      `{ recordingConfiguration(arn: "${made.arn}") { ${summary} ${detail} } }`,
    );
    expect(recordingConfiguration).toEqual({ ...made, state: 'ACTIVE' });
  });

  it('deletes one that nobody uses, of which only the key is left', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    const { deleteRecordingConfiguration } = await gateway.data(remove, { arn: HIGHLIGHTS });
    expect(deleteRecordingConfiguration).toMatchObject(deleted('RecordingConfiguration', HIGHLIGHTS));
    expect(gateway.calls()).toEqual({ DeleteRecordingConfiguration: 1 });
    const { recordingConfigurations } = await gateway.data('{ recordingConfigurations { nodes { arn } } }');
    expect(recordingConfigurations.nodes).toEqual([{ arn: SHOWS }]);
  });

  it.each([
    ['one that a channel records with', SHOWS, 'ConflictError'],
    ['one that does not exist', `${SHOWS}x`, 'ResourceNotFoundError'],
    ['the ARN of another thing', MAIN, 'ValidationError'],
  ])('does not delete %s', async (_what, arn, type) => {
    const gateway = await startGateway({ seed: 'demo' });
    const { deleteRecordingConfiguration } = await gateway.data(remove, { arn });
    expect(deleteRecordingConfiguration.__typename).toBe(type);
  });

  it.each([
    ['a bucket name that cannot be', { destinationConfiguration: { s3: { bucketName: 'A_B' } } }],
    [
      'CUSTOM without renditions',
      { destinationConfiguration, renditionConfiguration: { renditionSelection: 'CUSTOM' } },
    ],
  ])('answers %s with a ValidationError', async (_what, input) => {
    const gateway = await startGateway();
    const { createRecordingConfiguration } = await gateway.data(create, { input });
    expect(createRecordingConfiguration).toMatchObject({
      __typename: 'ValidationError',
      code: 'BAD_USER_INPUT',
    });
  });

  it('answers with the errors that AWS declares', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    expect(await unionErrors(gateway, 'createRecordingConfiguration', { destinationConfiguration })).toEqual([
      'ValidationError',
      'ConflictError',
      'ServiceQuotaExceededError',
      'PendingVerificationError',
    ]);
    expect(await unionErrors(gateway, 'deleteRecordingConfiguration', { arn: HIGHLIGHTS })).toEqual([
      'ValidationError',
      'ResourceNotFoundError',
      'ConflictError',
    ]);
  });
});
