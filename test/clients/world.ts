// A started gateway with a session of 25 people on it, as a client sees it: over HTTP.
import { onTestFinished } from 'vitest';
import { listen } from '../../src/server/http/listener.ts';
import { startGateway, type TestGatewayOptions } from '../support/gateway.ts';
import { createSession } from '../support/world.ts';

export const PEOPLE = Array.from({ length: 25 }, (_, index) => `user-${index}`);

export async function start(options: TestGatewayOptions = {}) {
  // By a gateway of its own, since the one that is tried may take persisted operations only.
  const beside = await startGateway(options.callRates ? { callRates: true } : {});
  const session = await createSession(beside, PEOPLE.length);
  const gateway = await startGateway({ cached: true, ...options, beside });
  const listening = await listen(gateway.handler, { host: '127.0.0.1', port: 0 }, {}, gateway.longLived);
  onTestFinished(() => listening.drain({ delayMs: 0, finishMs: 0 }));
  gateway.calls();
  return { gateway, session, url: `http://127.0.0.1:${listening.address.port}/graphql` };
}
