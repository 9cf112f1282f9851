import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { all, askInParts } from '../../support/parts.ts';

const requestsIn = ({ log }: { log: { msg: string }[] }) => log.filter(({ msg }) => msg === 'request');

it('has a line at debug for each answer: operation, time, calls and codes', async () => {
  const gateway = await startGateway({ seed: 'demo', logLevel: 'debug' });
  const headers = { 'x-request-id': 'request-1' };
  await gateway.ask('query Stages { stages(first: 1) { nodes { name } } }', {}, { headers });
  await gateway.ask('{ stage(arn: "nonsense") { name } }');
  await gateway.ask('{ nothing }');
  expect(requestsIn(gateway)).toMatchObject([
    {
      level: 20,
      requestId: 'request-1',
      operation: 'Stages',
      kind: 'query',
      status: 200,
      outcome: 'ok',
      calls: 1,
      durationMs: expect.any(Number),
    },
    { kind: 'query', outcome: 'client_error', codes: ['BAD_USER_INPUT'], calls: 0 },
    { kind: 'none', outcome: 'refused', status: 400, codes: ['GRAPHQL_VALIDATION_FAILED'], calls: 0 },
  ]);
  expect(requestsIn(gateway)[0]).not.toHaveProperty('codes');
});

it('has one for an answer in parts, with the calls of all of them', async () => {
  const gateway = await startGateway({ seed: 'demo', logLevel: 'debug' });
  const { parts } = await askInParts(
    gateway,
    '{ stages(first: 3) { nodes { name ... @defer { endpoints { whip } } } } }',
  );
  await all(parts);
  expect(requestsIn(gateway)).toMatchObject([{ outcome: 'ok', calls: 4 }]);
});

it('is silent at info', async () => {
  const gateway = await startGateway({ logLevel: 'info' });
  await gateway.ask('{ stages { nodes { name } } }');
  expect(gateway.log).toEqual([]);
});
