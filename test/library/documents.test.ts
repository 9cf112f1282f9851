// The examples of docs/how-to/embed.md that need packages which are not dependencies.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { createIvsGateway, type IvsGateway } from '../../src/index.ts';

type Send = (url: string, init: RequestInit) => Promise<Response>;
interface ExecutorOptions {
  endpoint: string;
  fetch: Send;
}

it('the executor of a stitched gateway is served', async () => {
  const page = await readFile(join(import.meta.dirname, '../../docs/how-to/embed.md'), 'utf8');
  const code = /```js\n(const executor = .*?)```/s.exec(page)?.[1] as string;
  const gateway = await createIvsGateway({ logLevel: 'silent' });
  onTestFinished(() => gateway.close());
  // As @graphql-tools/executor-http calls it.
  const buildHTTPExecutor = ({ endpoint, fetch }: ExecutorOptions) =>
    fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ stages(first: 1) { nodes { name } } }' }),
    });
  const run = new Function('buildHTTPExecutor', 'gateway', `${code}; return executor;`) as (
    build: typeof buildHTTPExecutor,
    gateway: IvsGateway,
  ) => Promise<Response>;
  const response = await run(buildHTTPExecutor, gateway);
  expect(await response.json()).toEqual({ data: { stages: { nodes: [{ name: 'town-hall' }] } } });
});
