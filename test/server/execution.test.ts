import { normalizedExecutor } from '@graphql-tools/executor';
import { type ExecutionResult, type FormattedExecutionResult, parse } from 'graphql';
import { expect, it, onTestFinished } from 'vitest';
import { anonymous, createOperationContext, createRequestContext } from '../../src/context.ts';
import { LiveFeeds } from '../../src/live/feeds.ts';
import { schema } from '../../src/schema/index.ts';
import { inOrderOf } from '../../src/server/field-order.ts';
import { executeWhole } from '../../src/server/graphql-js.ts';
import { services } from '../../src/upstream/services/index.ts';
import { createUpstream, type Upstream } from '../../src/upstream/upstream.ts';
import { LeapingClock } from '../support/clock.ts';
import { startGateway, type TestGateway } from '../support/gateway.ts';
import { poolOf } from '../support/pool.ts';
import { QueryWriter } from '../support/random-query.ts';

/** Data in its order, and errors without the ids of AWS's requests. */
const textOf = ({ data, errors = [] }: FormattedExecutionResult): string =>
  JSON.stringify([
    data,
    errors
      .map(({ message, path, locations, extensions: { aws: _, ...extensions } = {} }) =>
        JSON.stringify([message, path, locations, extensions]),
      )
      .sort(),
  ]);

/** Else reads that wait are gathered into lists, which fail for other inputs, and one executor waits for what the other spends. */
const unlimited = Object.fromEntries(
  Object.values(services).flatMap(({ operations }) => Object.keys(operations).map((name) => [name, 1e6])),
);

/** An upstream of its own, to which a half of all details are refused. */
function openUpstream({ emulator }: TestGateway) {
  const clock = new LeapingClock();
  const upstream = createUpstream({
    clock,
    rates: unlimited,
    regions: ['us-west-2'],
    endpoint: emulator.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  clock.isBusy = () => upstream.inFlight() > 0;
  onTestFinished(() => upstream.close());
  emulator.faults.add({
    operation: '*',
    match: (input) => !('maxResults' in input) && JSON.stringify(input).length % 2 === 0,
    ...{ status: 403, errorType: 'AccessDeniedException' },
  });
  return upstream;
}

const contextOf = (upstream: Upstream) =>
  createOperationContext(
    createRequestContext({
      ...{
        upstream,
        feeds: new LiveFeeds({ upstream }),
        timeoutMs: 3_600_000,
        caller: anonymous('somebody'),
      },
      defaultTarget: { account: undefined, region: 'us-west-2' },
      signal: new AbortController().signal,
      log: { warn() {}, warnOnce() {} },
      audit() {},
    }),
  );

it('random queries have the same data, nulls, order and errors with both executors', async () => {
  const gateway = await startGateway({ seed: 'demo', requestTimeoutMs: 3_600_000 });
  const pool = await poolOf(gateway);
  const upstream = openUpstream(gateway);
  const different: string[] = [];
  let failures = 0;
  for (let seed = 1; seed <= 100; seed += 1) {
    const document = parse(new QueryWriter(schema, pool, seed).query());
    const results: string[] = [];
    const inOrder = inOrderOf(document, undefined);
    for (const run of [executeWhole, normalizedExecutor]) {
      const contextValue = contextOf(upstream);
      const result = (await run({ schema, document, contextValue })) as ExecutionResult;
      failures += result.errors?.length ?? 0;
      const data = run === executeWhole ? result.data : inOrder(result.data);
      results.push(textOf(JSON.parse(JSON.stringify({ ...result, data }))));
    }
    if (results[0] !== results[1]) different.push(results.join('\n'));
  }
  expect(different).toEqual([]);
  expect(failures).toBeGreaterThan(100);
});
