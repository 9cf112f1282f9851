// The examples of Express and Fastify as processes, with the built package under its own name.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { WebSocket } from 'ws';
import { freePort } from '../support/ports.ts';

const root = join(import.meta.dirname, '../..');
const made = join(import.meta.dirname, 'generated');

beforeAll(() => {
  const own = join(import.meta.dirname, 'node_modules/ivs-graphql');
  rmSync(own, { force: true, recursive: true });
  symlinkSync(root, own);
});

it.each(['express', 'fastify'])(
  '%s serves queries, web sockets and GraphiQL at the path of its own',
  async (name) => {
    mkdirSync(made, { recursive: true });
    const program = join(made, `${name}.js`);
    cpSync(join(root, 'examples', name, 'server.js'), program);
    const port = await freePort();
    const child = spawn(process.execPath, [program], {
      env: { ...process.env, PORT: String(port), LOG_LEVEL: 'loud' },
      stdio: ['ignore', 'ignore', 'ignore'],
    });
    onTestFinished(() => void child.kill('SIGKILL'));
    const url = `http://127.0.0.1:${port}/api/graphql`;
    const body = JSON.stringify({ query: '{ stages(first: 1) { nodes { name } } }' });
    const post = () => fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    await expect
      .poll(
        () =>
          post().then(
            ({ status }) => status,
            () => 0,
          ),
        { timeout: 60_000 },
      )
      .toBe(200);
    expect(await (await post()).json()).toEqual({ data: { stages: { nodes: [{ name: 'town-hall' }] } } });
    expect(await (await fetch(url, { headers: { accept: 'text/html' } })).text()).toContain('beginGraphiQL(');
    const socket = new WebSocket(url.replace('http', 'ws'), 'graphql-transport-ws');
    await once(socket, 'open');
    const acknowledged = once(socket, 'message');
    socket.send('{"type":"connection_init"}');
    expect(String((await acknowledged)[0])).toContain('connection_ack');
    socket.close();
    await once(socket, 'close');
  },
);
