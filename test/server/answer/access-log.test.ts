import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';
import { all, askInParts } from '../../support/parts.ts';
import { createSession } from '../../support/world.ts';

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

it.each(['', '@defer'])(
  'says that the client left before the response was complete: %s',
  async (directive) => {
    const gateway = await startGateway({ callRates: true, logLevel: 'debug' });
    const session = await createSession(gateway, 30);
    const { isBusy } = gateway.clock;
    gateway.clock.isBusy = () => true;
    const client = new AbortController();
    const query = `{ participants(stageArn: "${session.stageArn}", sessionId: "${session.sessionId}") {
    nodes { userId ... on Participant ${directive} { browserName } } } }`;
    const response = askInParts(gateway, query, { signal: client.signal }).then(({ parts }) => all(parts));
    while (gateway.emulator.calls.count('GetParticipant') < 5) await new Promise(setImmediate);
    const before = requestsIn(gateway).length;
    client.abort();
    gateway.clock.isBusy = isBusy;
    await response.catch(() => {});
    while (requestsIn(gateway).length === before) await new Promise(setImmediate);
    expect(requestsIn(gateway).at(-1)).toMatchObject({ kind: 'query', outcome: 'cancelled' });
  },
);

it('says that a limit refused the request', async () => {
  const gateway = await startGateway({ logLevel: 'debug' });
  await gateway.ask(
    '{ stages(first: 1000) { nodes { activeSession { participants(first: 1000) { nodes { userId } } } } } }',
  );
  expect(requestsIn(gateway)).toMatchObject([
    { outcome: 'refused', codes: ['QUERY_TOO_EXPENSIVE'], status: 400, calls: 0 },
  ]);
});

it('is silent at info', async () => {
  const gateway = await startGateway({ logLevel: 'info' });
  await gateway.ask('{ stages { nodes { name } } }');
  expect(gateway.log).toEqual([]);
});
