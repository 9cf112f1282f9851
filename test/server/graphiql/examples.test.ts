// What GraphiQL opens with keeps the promises of its own comments.
import { describe, expect, it } from 'vitest';
import type { Scope } from '../../../src/context.ts';
import { examples } from '../../../src/server/graphiql/examples.ts';
import { callerWith } from '../../support/callers.ts';
import { startGateway } from '../../support/gateway.ts';

const named = examples.map((example) => ({
  ...example,
  name: /^(?:query|mutation) (\w+)/m.exec(example.query)?.[1] ?? 'no name',
  calls: Number(/^# Up to (\d+) AWS calls?\b/m.exec(example.query)?.[1]),
  scopes: (/^# Scopes?: (.*)$/m.exec(example.query)?.[1]?.split(', ') ?? []) as Scope[],
}));

describe('an example of GraphiQL', () => {
  it.each(named)('$name says what it costs', async ({ query, variables, calls }) => {
    const gateway = await startGateway({ seed: 'demo' });
    const { extensions } = await gateway.ask(query, variables, { headers: { 'x-ivs-cost': 'dryRun' } });
    expect(extensions?.ivs?.calls).toBe(calls);
  });

  it.each(named)('$name needs the scopes that it names, and no others', async (example) => {
    const { query, variables, scopes } = example;
    const gateway = await startGateway({ seed: 'demo' });
    const whole = await gateway.ask(query, variables, { caller: callerWith(scopes) });
    expect(whole.errors).toBeUndefined();
    for (const missing of scopes) {
      const caller = callerWith(scopes.filter((scope) => scope !== missing));
      const { errors } = await gateway.ask(query, variables, { caller });
      expect(errors?.[0]?.message).toContain(missing);
    }
  });

  it.each(named)('$name fits into the pane of a small screen', ({ query }) => {
    expect(query.split('\n').filter((line) => line.length > 50)).toEqual([]);
  });
});
