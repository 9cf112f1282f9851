// A stage with people on it, watched by clients over sockets, while time stands still: the gateway reads it when the test says so.
import { connect, createServer, type Socket } from 'node:net';
import { expect, onTestFinished } from 'vitest';
import { createMetrics } from '../../src/server/answer/metrics.ts';
import { hold } from '../support/clock.ts';
import type { TestGatewayOptions } from '../support/gateway.ts';
import { start } from './world.ts';

/** More than the time between two reads. */
const READ_MS = 2_100;

export async function startLive(options: TestGatewayOptions = {}) {
  const metrics = createMetrics({ version: '1.2.3' });
  const { gateway, session, url } = await start({ metrics, ...options });
  const { stageArn } = session;
  const [participantId = ''] = session.participantIds;
  const { control } = gateway.emulator;
  const pass = hold(gateway.clock);
  const running = async (): Promise<number> => {
    const text = await (await gateway.fetch('http://gateway/metrics')).text();
    const counts = text.matchAll(/^ivs_graphql_subscriptions\{.*\} (\d+)$/gm);
    return [...counts].reduce((sum, [, count]) => sum + Number(count), 0);
  };
  return {
    gateway,
    session,
    url,
    variables: { stageArn },
    join: async (userId: string) => {
      control.join({ stageArn, userId });
      await pass(READ_MS);
    },
    /** The first participant does. */
    publish: async () => {
      control.publish({ stageArn, participantId });
      await pass(READ_MS);
    },
    running,
    /** The gateway knows of no subscription, and makes no calls. */
    expectFree: async () => {
      await expect.poll(running).toBe(0);
      gateway.calls();
      await pass(10_000);
      expect(gateway.calls()).toEqual({});
    },
  };
}

/** Messages in their order, as they come, and the end as the last one. */
export function createInbox<Message>() {
  const came: (Message | { ended: unknown })[] = [];
  let wake = () => {};
  const push = (message: Message | { ended: unknown }) => {
    came.push(message);
    wake();
  };
  const either = async () => {
    while (came.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return came.shift() as Message | { ended: unknown };
  };
  return {
    push,
    end: (error?: unknown) => push({ ended: error }),
    either,
    next: async (): Promise<Message> => {
      const message = await either();
      if (typeof message === 'object' && message && 'ended' in message)
        throw new Error('Expected a message, got the end', { cause: message.ended });
      return message as Message;
    },
  };
}

/** Between client and gateway: once it is cut there is no connection until it is mended. */
export async function startWire(url: string) {
  const { port, pathname } = new URL(url);
  const sockets = new Set<Socket>();
  const destroy = (those: Iterable<Socket>) => {
    for (const socket of those) {
      sockets.delete(socket);
      socket.destroy();
    }
  };
  let isCut = false;
  let mend = () => {};
  const mended = new Promise<void>((resolve) => (mend = resolve));
  const server = createServer((near) => {
    if (isCut) return void near.destroy();
    const far = connect(Number(port), '127.0.0.1');
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on('error', () => {}).on('close', () => destroy([near, far]));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    destroy(sockets);
  });
  const { port: own } = server.address() as { port: number };
  return {
    url: `http://127.0.0.1:${own}${pathname}`,
    mended,
    cut: () => {
      isCut = true;
      destroy(sockets);
    },
    mend: () => {
      isCut = false;
      mend();
    },
  };
}
