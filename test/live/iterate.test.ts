// A source for an executor that knows nothing of shared sources: graphql-js, as it is.
import { parse, subscribe } from 'graphql';
import { expect, it } from 'vitest';
import { anonymous, createOperationContext, createRequestContext } from '../../src/context.ts';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { LiveFeeds } from '../../src/live/feeds.ts';
import { schema } from '../../src/schema/index.ts';
import { createUpstream } from '../../src/upstream/upstream.ts';

it('sends the state, then each change, and frees what it holds at the end', async () => {
  const emulator = await startEmulator({});
  const upstream = createUpstream({
    regions: ['us-west-2'],
    endpoint: emulator.url,
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  const feeds = new LiveFeeds({ upstream });
  const context = createRequestContext({
    ...{ upstream, feeds, timeoutMs: 30_000, caller: anonymous('somebody') },
    defaultTarget: { account: undefined, region: 'us-west-2' },
    signal: new AbortController().signal,
    log: { warn() {}, warnOnce() {} },
    audit() {},
  });
  const results = (await subscribe({
    schema,
    document: parse('subscription { streams { __typename } }'),
    contextValue: createOperationContext(context),
  })) as AsyncGenerator<{ data: object }>;
  expect((await results.next()).value).toMatchObject({ data: { streams: { __typename: 'StreamsState' } } });
  const waiting = results.next();
  await results.return(undefined);
  expect(await waiting).toEqual({ done: true, value: undefined });
  feeds.close();
  upstream.close();
  await emulator.close();
});
