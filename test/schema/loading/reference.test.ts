import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

const TOWN_HALL = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const stagesOf = (fields: string) =>
  `{ compositions(filter: { stageArn: "${TOWN_HALL}" }) { nodes { stage { ${fields} } } } }`;

it('leads to null when what it names is gone, and to the key where only that is asked for', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  expect(await gateway.data(stagesOf('name'))).toEqual({
    compositions: { nodes: [{ stage: { name: 'town-hall' } }] },
  });

  await gateway.data(`mutation { deleteStage(input: { arn: "${TOWN_HALL}" }) { __typename } }`);
  expect(await gateway.data(stagesOf('name'))).toEqual({ compositions: { nodes: [{ stage: null }] } });
  gateway.calls();
  expect(await gateway.data(stagesOf('arn'))).toEqual({
    compositions: { nodes: [{ stage: { arn: TOWN_HALL } }] },
  });
  expect(gateway.calls()).toEqual({ ListCompositions: 1 });
});

it('that cannot be looked up is one error, not one for each field below it', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  gateway.emulator.faults.add({ operation: 'GetStage', status: 403, errorType: 'AccessDeniedException' });
  const { data, errors } = await gateway.ask(stagesOf('name activeSessionId tags { key }'));
  expect(data).toEqual({ compositions: { nodes: [{ stage: null }] } });
  expect(errors).toMatchObject([{ path: ['compositions', 'nodes', 0, 'stage'] }]);
});
