// What GraphiQL opens with keeps the promises of its own comments.
import { describe, expect, it } from 'vitest';
import { scopes as allScopes, type Scope } from '../../../src/context.ts';
import { stageArn } from '../../../src/server/graphiql/example.ts';
import { examples } from '../../../src/server/graphiql/examples.ts';
import { callerWith } from '../../support/callers.ts';
import { startGateway } from '../../support/gateway.ts';
import { listen } from '../../support/live.ts';

const RENAME = 'mutation ($arn: ID!) { updateStage(input: { arn: $arn, name: "renamed" }) { __typename } }';

const named = examples.map((example) => ({
  ...example,
  name: /^(?:query|mutation|subscription) (\w+)/m.exec(example.query)?.[1] ?? 'no name',
  calls: Number(/^# Up to (\d+) AWS calls?\b/m.exec(example.query)?.[1]),
  scopes: (/^# Scopes?: (.*)$/m.exec(example.query)?.[1]?.split(', ') ?? []) as Scope[],
}));

const isLive = ({ query }: { query: string }) => /^subscription /m.test(query);

describe('an example of GraphiQL', () => {
  it.each(named)('$name says what it costs', async ({ query, variables, calls }) => {
    const gateway = await startGateway({ seed: 'demo' });
    const { extensions } = await gateway.ask(query, variables, {
      headers: { 'x-ivs-cost': 'dryRun', accept: 'application/json, text/event-stream' },
    });
    expect(extensions?.ivs?.calls).toBe(calls);
  });

  it.each(named.filter((one) => !isLive(one)))(
    '$name needs the scopes that it names, and no others',
    async (example) => {
      const { query, variables, scopes } = example;
      const gateway = await startGateway({ seed: 'demo' });
      const whole = await gateway.ask(query, variables, { caller: callerWith(scopes) });
      expect(whole.errors).toBeUndefined();
      for (const missing of scopes) {
        const caller = callerWith(scopes.filter((scope) => scope !== missing));
        const { errors } = await gateway.ask(query, variables, { caller });
        expect(errors?.[0]?.message).toContain(missing);
      }
    },
  );

  it.each(named.filter(isLive))(
    '$name sends a message for the scopes that it names, and no others',
    async (example) => {
      const { query, variables, scopes } = example;
      const gateway = await startGateway({ seed: 'demo', caller: callerWith([...scopes, 'ivs:write']) });
      const { until } = await listen(gateway, { query, ...(variables && { variables }) });
      // What has no state sends something when something happens.
      await gateway.data(RENAME, { arn: stageArn });
      const [, json = ''] = /^data: (.+)$/m.exec(await until(/^event: next\ndata: .+$/)) ?? [];
      const { data, errors } = JSON.parse(json);
      expect(errors).toBeUndefined();
      expect(Object.values(data)).toEqual([expect.objectContaining({ __typename: expect.any(String) })]);
      const others = callerWith(allScopes.filter((scope) => !scopes.includes(scope)));
      const refused = await listen(await startGateway({ caller: others }), {
        query,
        ...(variables && { variables }),
      });
      // Clients of Server-Sent Events read no body of another status.
      expect(refused.response.status).toBe(200);
      expect(await refused.end()).toContain(scopes[0]);
    },
  );

  it.each(named)('$name fits into the pane of a small screen', ({ query }) => {
    expect(query.split('\n').filter((line) => line.length > 50)).toEqual([]);
  });
});
