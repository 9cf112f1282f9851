#!/usr/bin/env node
// The command line: serve (default), emulator, schema. What is started here is wired together here and nowhere else.
import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import type { AddressInfo } from 'node:net';
import { Command, InvalidArgumentError, Option } from 'commander';
import type { Logger } from 'pino';
import { type Config, ConfigError, readConfig } from './config.ts';
import type { Emulator } from './emulator/emulator.ts';
import type { Authenticate } from './server/authentication.ts';
import type { Limits } from './server/limits.ts';
import { createLog } from './server/log.ts';
import { stopInOrder } from './server/shutdown.ts';

// The SDK tells every process on Node 20 to upgrade. Its version is pinned to one that supports Node 20, so this is ours to heed.
process.env.AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED ??= 'true';

/** How long requests in flight may take to finish once the listener is closed. */
const FINISH_MS = 10_000;

async function serve(): Promise<void> {
  const config = readConfig(process.env);
  const log = createLog(config.logLevel);
  const [
    { createUpstream },
    { isOperation },
    { schema },
    { createGateway },
    { listen },
    { createMetrics },
    limits,
  ] = await Promise.all([
    import('./upstream/upstream.ts'),
    import('./upstream/operation.ts'),
    import('./schema/index.ts'),
    import('./server/server.ts'),
    import('./server/listening.ts'),
    import('./server/metrics.ts'),
    readLimits(config),
  ]);
  const unknown = Object.keys(config.callRates).find((name) => !isOperation(name));
  if (unknown) throw new ConfigError(`IVS_CALL_RATES: expected operations of IVS, got ${unknown}`);
  const persistedOperations = await readPersisted(config, limits);
  const emulator = config.backend === 'emulator' ? await embedEmulator() : undefined;
  const redis = await joinReplicas(config, log, emulator);
  const metrics = createMetrics();
  const upstream = createUpstream({
    observe: metrics.observe,
    shared: redis,
    regions: config.regions,
    rates: config.callRates,
    ...(emulator && {
      endpoint: emulator.url,
      credentials: { accessKeyId: 'emulator', secretAccessKey: 'emulator' },
    }),
  });
  await upstream.checkCredentials(config.defaultRegion).catch((error: Error) => {
    throw new ConfigError(`no AWS credentials: ${error.message}`);
  });

  const state = { isReady: true };
  const gateway = createGateway({
    ...config,
    limits,
    persistedOperations,
    ...(redis && { rateStore: { storeClient: redis.client } }),
    schema,
    upstream,
    log,
    ...(config.jwt && { authenticate: await authenticateBy(config.jwt, log) }),
    isReady: () => state.isReady,
    // It is guarded no less than the graph.
    ...((config.metricsToken || !config.jwt) && {
      metrics: metrics.plugin({ upstream, token: config.metricsToken }),
    }),
  });
  const { address, drain } = await listen(gateway, config);
  console.log(banner(config, address));
  if (config.isOpen)
    log.warn('AUTH_MODE is none: whoever can reach this gateway can do what its AWS credentials can do');
  stopInOrder(async () => {
    state.isReady = false;
    await drain({ delayMs: config.shutdownDelayMs, finishMs: FINISH_MS });
    upstream.close();
    await redis?.close();
    await emulator?.close();
  }, log);
}

async function joinReplicas({ redisUrl }: Config, log: Logger, emulator?: Emulator) {
  if (!redisUrl) return undefined;
  const { Redis } = await import('./redis.ts');
  // An embedded emulator is nobody else's: what is known of its world means nothing to another one.
  return Redis.connect({ url: redisUrl, prefix: `ivs-graphql:${emulator ? randomUUID() : 'aws'}:`, log });
}

async function authenticateBy(jwt: NonNullable<Config['jwt']>, log: Logger): Promise<Authenticate> {
  const { jwtAuthentication } = await import('./server/jwt.ts');
  return jwtAuthentication(jwt, { log });
}

async function readLimits({ limits: given }: Config): Promise<Limits> {
  const { defaultLimits } = await import('./server/limits.ts');
  const unknown = Object.keys(given).find((name) => !Object.hasOwn(defaultLimits, name));
  const names = Object.keys(defaultLimits).join(', ');
  if (unknown) throw new ConfigError(`LIMITS: expected names among ${names}, got ${unknown}`);
  return { ...defaultLimits, ...given };
}

async function readPersisted({ persistedOperations: path, hasIntrospection }: Config, limits: Limits) {
  if (!path) return;
  const { readManifest } = await import('./server/persisted.ts');
  const { schema } = await import('./schema/index.ts');
  try {
    return readManifest(await readFile(path, 'utf8'), { schema, limits, hasIntrospection });
  } catch (error) {
    throw new ConfigError(`PERSISTED_OPERATIONS: ${path}: ${(error as Error).message}`);
  }
}

async function embedEmulator(): Promise<Emulator> {
  const { startEmulator } = await import('./emulator/emulator.ts');
  return startEmulator({ seed: 'demo', alive: true });
}

function banner({ backend, regions, jwt }: Config, { address, family, port }: AddressInfo): string {
  // The wildcard addresses are no place to go to.
  const host = ['0.0.0.0', '::'].includes(address)
    ? 'localhost'
    : family === 'IPv6'
      ? `[${address}]`
      : address;
  const what =
    backend === 'emulator'
      ? 'the embedded emulator, with a demo world'
      : `Amazon IVS in ${regions.join(', ')}`;
  const who = jwt
    ? `tokens of ${jwt.issuer} for ${jwt.audience}`
    : 'none: whoever reaches it may do everything';
  const token = jwt ? ` -H "authorization: Bearer $TOKEN"` : '';
  return `
  ivs-graphql is ready

  GraphQL and GraphiQL   http://${host}:${port}/graphql
  Backend                ${what}
  Authentication         ${who}

  Try it:
    curl http://${host}:${port}/graphql -H 'content-type: application/json'${token} \\
      -d '{"query":"{ stages(first: 3) { nodes { name activeSession { participants(first: 3) { nodes { userId } } } } } }"}'
`;
}

interface EmulatorFlags {
  host: string;
  port: number;
  seed: 'demo' | 'empty';
  still: boolean;
  latencyMs: number;
  callRates: boolean;
  burst?: number;
}

async function emulate({ seed, still, ...flags }: EmulatorFlags): Promise<void> {
  const { startEmulator } = await import('./emulator/emulator.ts');
  const emulator = await startEmulator({ ...flags, seed, alive: seed === 'demo' && !still });
  console.log(`
  The IVS emulator is ready

  Both APIs     ${emulator.url}      (AWS_ENDPOINT_URL=${emulator.url})
  Control API   ${emulator.url}/_control
  World         ${seed}
`);
  stopInOrder(() => emulator.close());
}

async function printSchema({ subgraph }: { subgraph?: true }): Promise<void> {
  const { printContract, printSubgraph } = await import('./schema/index.ts');
  console.log(subgraph ? await printSubgraph() : printContract());
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return value;
}

function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('Expected a port from 0 to 65535.');
  return port;
}

const program = new Command('ivs-graphql').description('The GraphQL gateway for Amazon IVS.');

program
  .command('serve', { isDefault: true })
  .description('serve the graph; settings come from the environment (see the README)')
  .action(serve);

program
  .command('emulator')
  .description('run the IVS emulator alone, for AWS SDKs and the AWS CLI')
  .option('--host <host>', 'address to listen on', '127.0.0.1')
  .option('--port <port>', 'port to listen on', portNumber, 4566)
  .addOption(
    new Option('--seed <world>', 'the world to begin with').choices(['demo', 'empty']).default('demo'),
  )
  .option('--still', 'a demo world in which nothing happens by itself', false)
  .option('--latency-ms <ms>', 'time that each answer takes', wholeNumber, 0)
  .option('--call-rates', 'answer 429 beyond the call rates that AWS publishes', false)
  .option(
    '--burst <calls>',
    'with --call-rates: how many calls may come at once (default: a second’s worth)',
    wholeNumber,
  )
  .action(emulate);

program
  .command('schema')
  .description('print the schema in the GraphQL schema language')
  .option('--subgraph', 'as a Federation 2 subgraph')
  .action(printSchema);

/** One line for what the person who started this can mend; the whole error for what only we can. */
function explain(error: NodeJS.ErrnoException & { address?: string; port?: number }): string {
  if (error instanceof ConfigError) return error.message;
  if (error.code === 'EADDRINUSE')
    return `PORT: expected a free port, but ${error.port} on ${error.address} is in use`;
  if (error.syscall === 'listen' || error.syscall === 'getaddrinfo')
    return `HOST, PORT: cannot listen: ${error.message}`;
  return error.stack ?? String(error);
}

program.parseAsync().catch((error) => {
  console.error(`ivs-graphql: ${explain(error)}`);
  process.exit(1);
});
