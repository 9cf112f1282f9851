// Who may keep an answer, and for how long; by the upstream's clock, which passes only when a test lets it.
import { describe, expect, it } from 'vitest';
import { callerWith } from '../../support/callers.ts';
import { startGateway, type TestGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { createSession } from '../../support/world.ts';

/** As it stands before AWS without authentication; the harness would give it one. */
const open: TestGatewayOptions = { server: { authenticate: undefined as never } };

async function get({ fetch }: TestGateway, query: string, headers: Record<string, string> = {}) {
  const response = await fetch(`http://gateway/graphql?${new URLSearchParams({ query })}`, { headers });
  return { headers: response.headers, body: await response.json() };
}
const ruleOf = async (gateway: TestGateway, query: string, headers?: Record<string, string>) =>
  (await get(gateway, query, headers)).headers.get('cache-control');
const pass = ({ clock }: TestGateway, milliseconds: number) =>
  new Promise<void>((resolve) => clock.after(milliseconds, resolve));

const stages = '{ stages { nodes { name } } }';
const storage = '{ storageConfigurations { nodes { name } } }';
const compositionsAndStages = '{ compositions { nodes { arn } } stages { nodes { name } } }';

describe('an answer over GET may be kept', () => {
  it('as long as the gateway itself would give again what it was made of', async () => {
    const gateway = await startGateway(open);
    const { stageArn } = await createSession(gateway, 1);
    const tags = `{ stage(arn: "${stageArn}") { tags { key } endpoints { whip } } }`;
    expect(await ruleOf(gateway, stages)).toBe('public, max-age=1');
    expect(await ruleOf(gateway, tags)).toBe('public, max-age=2');
    await pass(gateway, 1_000);
    // A second old already.
    expect(await ruleOf(gateway, tags)).toBe('public, max-age=1');
    // The least of all parts counts.
    expect(await ruleOf(gateway, `{ ${tags.slice(1, -1)} ${stages.slice(1, -1)} }`)).toBe(
      'public, max-age=1',
    );
  });

  it('a second longer than its list is not, however long its details hold', async () => {
    const gateway = await startGateway(open);
    const { stageArn, sessionId } = await createSession(gateway, 3);
    const people = `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}") { nodes { userId browserName } } }`;
    for (let polls = 0; polls < 5; polls += 1) {
      expect(await ruleOf(gateway, people)).toBe('public, max-age=1');
      await pass(gateway, 1_000);
    }
    expect(gateway.calls()).toEqual({ CreateStage: undefined, ListParticipants: 5, GetParticipant: 3 });
  });

  it('by each who asked at the same time, for one call', async () => {
    const gateway = await startGateway(open);
    const rules = await Promise.all(Array.from({ length: 5 }, () => ruleOf(gateway, stages)));
    expect(rules).toEqual(Array(5).fill('public, max-age=1'));
    expect(gateway.calls()).toEqual({ ListStages: 1 });
  });

  it('by nobody else, where a token let in', async () => {
    const caller = callerWith(['ivs:read']);
    const gateway = await startGateway({ caller });
    const { headers } = await get(gateway, stages, { authorization: 'Bearer token' });
    expect(headers.get('cache-control')).toBe('private, max-age=1');
    expect(headers.get('vary')).toMatch(/\bAuthorization\b/);
  });

  it('for as long as stands in the persisted operation’s answer, by its id', async () => {
    const gateway = await startGateway({
      server: { ...open.server, persistedOperations: new Map([['one', stages]]) },
    });
    const response = await gateway.fetch('http://gateway/graphql?documentId=one');
    expect(await response.json()).toEqual({ data: { stages: { nodes: [] } } });
    expect(response.headers.get('cache-control')).toBe('public, max-age=1');
  });
});

describe('an answer over GET may not be kept', () => {
  it.each([
    ['that holds an error', '{ stages { nodes { name } } compositions { nodes { arn } } }', {}],
    ['that is one', '{ nothing }', {}],
    ['of nothing that AWS has told', '{ __typename }', {}],
    ['that tells its cost', storage, { 'x-ivs-cost': '1' }],
    ['with a secret', '{ channels { nodes { streamKeys { nodes { value } } } } }', {}],
    [
      'about what is not there',
      '{ stage(arn: "arn:aws:ivs:us-west-2:123456789012:stage/none") { name } }',
      {},
      'public, max-age=0',
    ],
    ['in parts', '{ stages { nodes @stream { name } } }', { accept: 'multipart/mixed' }],
  ])('%s', async (_what, query, headers, rule = 'no-store') => {
    const gateway = await startGateway({ ...open, seed: 'demo' });
    gateway.emulator.faults.add({ operation: 'ListCompositions', errorType: 'AccessDeniedException' });
    const response = await gateway.fetch(`http://gateway/graphql?${new URLSearchParams({ query })}`, {
      headers,
    });
    await response.text();
    expect(response.headers.get('cache-control')).toBe(rule);
  });

  it('when it was asked with POST, of which nothing is said', async () => {
    const gateway = await startGateway(open);
    const response = await gateway.fetch('http://gateway/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: compositionsAndStages }),
    });
    expect(response.status).toBe(200);
    expect(response.headers.get('cache-control')).toBeNull();
  });
});
