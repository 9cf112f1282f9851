// Equal subscriptions have one source and one execution for each message; no subscriber loses a message or gets it twice.
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { callerWith } from '../../support/callers.ts';
import { listen, SAID, saidIn, startLive } from '../../support/live.ts';

const turn = () => new Promise((resolve) => setImmediate(resolve));

describe('equal subscriptions', () => {
  it('have one source and one execution for each message, and the last one closes it', async () => {
    const { gateway, source } = await startLive();
    const readers = await Promise.all([1, 2, 3].map(() => listen(gateway)));
    source.say();
    source.say();
    for (const reader of readers)
      expect(saidIn(await reader.until(/"number":2/))).toEqual(['state 0', 'said 1', 'said 2']);
    expect(source.counts).toEqual({ opened: 1, closed: 0, executed: 3, resumed: 0 });
    readers[0]?.leave();
    readers[1]?.leave();
    await vi.waitFor(() => expect(source.listeners.size).toBe(1));
    expect(source.counts.closed).toBe(0);
    readers[2]?.leave();
    await vi.waitFor(() => expect(source.counts.closed).toBe(1));
    expect(source.listeners.size).toBe(0);
  });

  it('may begin at different messages', async () => {
    const { gateway, source } = await startLive();
    const first = await listen(gateway);
    await first.until(/"state"/);
    source.say();
    source.say();
    const second = await listen(gateway, { variables: { after: 'c1' } });
    expect(saidIn(await second.until(/"number"/))).toEqual(['said 2']);
    expect(source.counts).toMatchObject({ opened: 1, executed: 3 });
  });

  it.each([
    ['another document', { query: SAID.replace('kind', 'kind  ') }],
    [
      'another variable',
      { query: 'subscription ($a: String) { said(topic: $a) { kind number } }', variables: { a: 'x' } },
    ],
    [
      'a variable that is not only `after`',
      {
        query: 'subscription ($after: String) { said(after: $after, topic: $after) { kind number } }',
        variables: { after: 'c0' },
      },
    ],
    ['costs', { headers: { 'x-ivs-cost': '1' } }],
  ])('are not those with %s', async (_, other) => {
    const { gateway, source } = await startLive();
    await (await listen(gateway)).until(/"state"/);
    await listen(gateway, other);
    if ('variables' in other && other.variables)
      await listen(gateway, { ...other, variables: { a: 'y', after: 'c1' } });
    expect(source.counts.opened).toBeGreaterThan(1);
  });

  it('are not those of callers with other rights', async () => {
    const { gateway, source } = await startLive();
    const callers = [callerWith(['ivs:read']), callerWith(['ivs:read', 'ivs:write'])].map(
      (caller, index) => ({
        ...caller,
        subject: `caller ${index}`,
      }),
    );
    for (const caller of callers) await gateway.ask('{ __typename }', {}, { caller });
    for (const { subject } of [...callers, ...callers])
      await listen(gateway, { headers: { 'x-caller': subject } });
    expect(source.counts.opened).toBe(2);
  });

  it('all get the errors of an execution, masked and logged once, and what follows', async () => {
    const { gateway, source } = await startLive();
    const query = 'subscription { said { kind number fault } }';
    const readers = [await listen(gateway, { query }), await listen(gateway, { query })];
    source.say();
    for (const reader of readers) {
      const text = await reader.until(/"number"/, 2);
      expect(saidIn(text)).toEqual(['state 0', 'said 1']);
      expect(text).not.toContain('password');
      expect(text).toContain('"message":"Unexpected error."');
      expect(text).toMatch(/"extensions":\{"code":"INTERNAL_SERVER_ERROR","requestId":"[\w-]+"\}/);
    }
    expect(gateway.log.map(({ err }) => err.message)).toEqual(Array(2).fill('password in /etc/secret'));
  });

  it('share the errors of a source that cannot begin, and none is counted', async () => {
    const { gateway, source } = await startLive({ server: { limits: { subscriptionsPerCaller: 2 } } });
    source.ready = async () => {
      throw new Error('password in /etc/secret');
    };
    for (let time = 0; time < 3; time += 1) {
      const reader = await listen(gateway);
      expect(await reader.end()).toContain('"path":["said"]');
    }
    expect(source.counts.closed).toBe(source.counts.opened);
  });
});

describe('any interleaving', () => {
  const step = fc.oneof(
    { weight: 4, arbitrary: fc.constant('say' as const) },
    { weight: 2, arbitrary: fc.constant('join' as const) },
    { weight: 2, arbitrary: fc.constant('rejoin' as const) },
    { weight: 1, arbitrary: fc.constant('leave' as const) },
    { weight: 2, arbitrary: fc.constant('turn' as const) },
  );

  it('shows each subscriber the state, then each message once, in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(step, { maxLength: 40 }),
        fc.array(fc.nat(6), { minLength: 50 }),
        async (steps, waits) => {
          const { gateway, source } = await startLive();
          let executions = 0;
          // Later messages may be ready before earlier ones.
          source.executing = async () => {
            const turns = waits[executions++ % waits.length] ?? 0;
            for (let number = 0; number < turns; number += 1) await turn();
          };
          const readers: { reader: Awaited<ReturnType<typeof listen>>; from: number }[] = [];
          let said = 0;
          for (const one of steps) {
            if (one === 'say') said = source.say();
            else if (one === 'turn') await turn();
            else if (one === 'join') readers.push({ reader: await listen(gateway), from: -1 });
            else if (one === 'rejoin')
              readers.push({
                reader: await listen(gateway, { variables: { after: `c${said >> 1}` } }),
                from: said >> 1,
              });
            else readers.shift()?.reader.leave();
          }
          const last = source.say();
          for (const { reader, from } of readers) {
            const seen = saidIn(await reader.until(new RegExp(`"number":${last}\\b`)));
            const [first = ''] = seen;
            const begin = from >= 0 ? from : Number(first.replace('state ', ''));
            const expected = Array.from({ length: last - begin }, (_, index) => `said ${begin + index + 1}`);
            expect(seen).toEqual(from >= 0 ? expected : [first, ...expected]);
            reader.leave();
          }
          await vi.waitFor(() => expect(source.listeners.size).toBe(0));
          expect(source.counts.closed).toBe(source.counts.opened);
        },
      ),
      { numRuns: 100 },
    );
  });
});
