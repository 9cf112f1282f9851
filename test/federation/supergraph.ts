// A supergraph on loopback: the gateway with tokens, a subgraph of somebody else's, and two routers in front of both.
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { exportJWK, generateKeyPair, SignJWT } from 'jose';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { before, launchServer, PROGRAM, run } from '../support/processes.ts';

const here = (file: string) => join(import.meta.dirname, file);
const ISSUER = 'https://issuer.example/';
const AUDIENCE = 'ivs-graphql';
/** The emulator counts calls here and refuses none: how they are paced is tried elsewhere. */
const RATES = ['GetParticipant', 'ListParticipants', 'GetStage', 'ListStages', 'GetChannel'];
export const METRICS_TOKEN = 'token-of-the-metrics';
const PEOPLE = 100;

/** By the tags that they leave out. */
export const contracts = {
  withoutSecrets: 'ivs-secret,ivs-token',
  forModerators: 'ivs-write,ivs-secret,ivs-token',
  withoutMutations: 'ivs-write,ivs-moderate,ivs-token',
};

interface CosmoResult {
  errors: string[];
  warnings: string[];
  types: Record<string, string[]>;
}
interface Composed {
  supergraph: string;
  errors: string[];
  hints: string[];
  cosmo: CosmoResult;
  contracts: Record<string, CosmoResult>;
}
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the query's, which each test knows
  data?: any;
  errors?: { message: string; path?: (string | number)[]; extensions?: { code?: string } }[];
}
export type Supergraph = Awaited<ReturnType<typeof startSupergraph>>;

/** Ends everything that was begun, the last first. */
type Closers = (() => Promise<unknown> | unknown)[];

async function startIssuer(closers: Closers) {
  const { publicKey, privateKey } = await generateKeyPair('ES256', { extractable: true });
  const keys = JSON.stringify({ keys: [{ ...(await exportJWK(publicKey)), kid: 'one', alg: 'ES256' }] });
  const server = createServer((_request, response) => void response.end(keys)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  closers.push(() => server.close().closeAllConnections());
  return {
    uri: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    sign: (scope: string) =>
      new SignJWT({ iss: ISSUER, aud: AUDIENCE, sub: 'router-user', scope })
        .setProtectedHeader({ alg: 'ES256', kid: 'one' })
        .setExpirationTime('1h')
        .sign(privateKey),
  };
}

/** A stage with a hundred people on it, and what else the other subgraph speaks of. */
async function makeWorld({ url, control }: Awaited<ReturnType<typeof startEmulator>>) {
  const post = async (operation: string, body: object) =>
    (await fetch(`${url}/${operation}`, { method: 'POST', body: JSON.stringify(body), headers })).json();
  const headers = {
    authorization:
      'AWS4-HMAC-SHA256 Credential=any/20260101/us-west-2/ivs/aws4_request, SignedHeaders=host, Signature=0',
  };
  const { stage } = await post('CreateStage', { name: 'concert' });
  const joined = Array.from({ length: PEOPLE }, (_, index) =>
    control.join({ stageArn: stage.arn, userId: `user-${index}`, browserName: 'Firefox' }),
  );
  const { channels } = await post('ListChannels', {});
  return {
    stages: [{ arn: stage.arn as string, name: 'concert' }],
    participants: joined.map(({ sessionId, participantId }) => ({
      stageArn: stage.arn,
      sessionId,
      participantId,
    })),
    channels: channels.slice(0, 3).map(({ arn }: { arn: string }) => arn) as string[],
  };
}

async function startAll(closers: Closers) {
  const issuer = await startIssuer(closers);
  const emulator = await startEmulator({ seed: 'demo' });
  closers.push(() => emulator.close());
  const world = await makeWorld(emulator);
  const server = async (file: string, args: string[], env: Record<string, string>) => {
    const { child, ended, url } = await launchServer(file, args, env);
    closers.push(() => {
      child.kill('SIGKILL');
      return ended;
    });
    return url;
  };
  const gateway = await server(PROGRAM, [], {
    ...before(emulator),
    AUTH_MODE: 'jwt',
    LIVE_POLL_MS: '500',
    METRICS_TOKEN,
    AUTH_ISSUER: ISSUER,
    AUTH_AUDIENCE: AUDIENCE,
    AUTH_JWKS_URI: issuer.uri,
    IVS_CALL_RATES: RATES.map((name) => `${name}=500`).join(','),
  });
  const events = await server(here('events.mjs'), [], { WORLD: JSON.stringify(world) });
  const token = await issuer.sign('ivs:read ivs:write ivs:moderate');
  const sdlOf = async (url: string): Promise<string> =>
    (await post(url, '{ _service { sdl } }', { authorization: `Bearer ${token}` })).data._service.sdl;
  const subgraphs = [
    { name: 'ivs', url: `${gateway}/graphql`, sdl: await sdlOf(`${gateway}/graphql`) },
    { name: 'events', url: events, sdl: await sdlOf(events) },
  ];
  const folder = await mkdtemp(join(tmpdir(), 'supergraph-'));
  closers.push(() => rm(folder, { recursive: true }));
  const file = join(folder, 'subgraphs.json');
  await writeFile(file, JSON.stringify(subgraphs));
  const composed = await compose(file);
  if (composed.errors.length > 0) throw new Error(composed.errors.join('\n'));
  await writeFile(join(folder, 'supergraph.graphql'), composed.supergraph);
  const router = (name: string) => server(here(name), [join(folder, 'supergraph.graphql')], {});
  const [apollo, hive] = await Promise.all([router('apollo-gateway.mjs'), router('hive-gateway.mjs')]);
  return { emulator, world, token, sign: issuer.sign, gateway, apollo, hive, composed };
}

async function compose(file: string): Promise<Composed> {
  const { code, out, err } = await run([file, ...Object.values(contracts)], {}, here('compose.mjs'));
  if (code !== 0) throw new Error(err);
  return JSON.parse(out);
}

/** Ask `close` to end it; nothing is left when it could not be started. */
export async function startSupergraph() {
  const closers: Closers = [];
  const close = async () => {
    for (const end of closers.reverse()) await end();
  };
  try {
    const { emulator, token, ...all } = await startAll(closers);
    const routers = { apollo: all.apollo, hive: all.hive, none: all.gateway };
    return {
      ...all,
      token,
      urls: routers,
      control: emulator.control,
      close,
      /** Who asks fresh pays for what he reads. */
      ask: (
        router: keyof typeof routers,
        query: string,
        variables?: object,
        more: Record<string, string> = {},
      ) =>
        post(
          `${routers[router]}/graphql`,
          query,
          { authorization: `Bearer ${token}`, 'cache-control': 'no-cache', ...more },
          variables,
        ),
      /** AWS calls since the last time it was asked. */
      calls: () => {
        const counts = emulator.calls.counts();
        emulator.calls.reset();
        return counts;
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function post(
  url: string,
  query: string,
  headers: Record<string, string>,
  variables?: object,
): Promise<Answer> {
  const response = await fetch(url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ query, variables }),
  });
  const text = await response.text();
  if (!text) throw new Error(`${url} answered ${response.status} without a body`);
  return JSON.parse(text) as Answer;
}
