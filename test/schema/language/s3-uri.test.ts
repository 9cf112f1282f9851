import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

it('of a participant comes with its details; null when it is not recorded', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const { stages } = await gateway.data(
    `{ stages(first: 2) { nodes { activeSession { participants(first: 1) { nodes {
      recordingS3BucketName recordingS3Prefix recordingS3Uri } } } } } }`,
  );
  const [[idle], [recorded]] = stages.nodes.map(
    ({ activeSession }: never) => (activeSession as { participants: { nodes: object[] } }).participants.nodes,
  );
  expect(idle).toMatchObject({ recordingS3Uri: null });
  const { recordingS3BucketName: bucket, recordingS3Prefix: prefix } = recorded;
  expect(prefix).toContain('/');
  expect(recorded.recordingS3Uri).toBe(`s3://${bucket}/${prefix}`);
  expect(gateway.calls()).toEqual({ ListStages: 1, ListParticipants: 2, GetParticipant: 2 });
});

it('of a composition takes the bucket from its storage configuration; null for a channel', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const arn = 'arn:aws:ivs:us-west-2:123456789012:composition/TownHall0001';
  const query = `{ composition(arn: "${arn}") { destinations { recordingS3Uri } } }`;
  const { composition } = await gateway.data(query);
  expect(composition.destinations).toEqual([
    { recordingS3Uri: 's3://ivs-recordings-us-west-2/TownHall0001/TownHall0001/RecordingTo1/composite' },
    { recordingS3Uri: null },
  ]);
  expect(gateway.calls()).toEqual({ GetComposition: 1, GetStorageConfiguration: 1 });
});

it('of a composition is null when its storage configuration is deleted', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  gateway.emulator.faults.add({
    operation: 'GetStorageConfiguration',
    errorType: 'ResourceNotFoundException',
    message: 'gone',
  });
  const { composition } = await gateway.data(
    '{ composition(arn: "arn:aws:ivs:us-west-2:123456789012:composition/TownHall0001") { destinations { recordingS3Uri } } }',
  );
  expect(composition.destinations[0]).toEqual({ recordingS3Uri: null });
});
