// The program `serve`: a gateway that listens, and ends with its process.
import type { AddressInfo } from 'node:net';
import type { Logger } from 'pino';
import { openGateway } from '../bootstrap/open-gateway.ts';
import { openTelemetry } from '../bootstrap/open-telemetry.ts';
import { joinReplicas } from '../bootstrap/replicas.ts';
import { readPersisted, readSettings } from '../bootstrap/settings.ts';
import { connectUpstream, gatewayOf } from '../bootstrap/wiring.ts';
import { type Config, type Env, misspelt } from '../config/config.ts';
import type { Emulator } from '../emulator/emulator.ts';
import { httpOriginOf } from '../http/address.ts';
import { stopInOrder } from '../server/http/shutdown.ts';
import { createLog, isPretty } from '../server/log.ts';
import type { Place } from './check.ts';
import { banner } from './help.ts';

/** How long requests in flight may take to finish once the listener is closed. */
const FINISH_MS = 10_000;

export async function serve(env: Env): Promise<void> {
  const settings = await readSettings(env, misspelt(env));
  const { config } = settings;
  const telemetry = await openTelemetry(config);
  const log = await createLog({ level: config.logLevel, format: config.logFormat, mixin: telemetry?.mixin });
  for (const slip of misspelt(env)) log.warn(slip);
  const open = await openGateway(settings, { log, telemetry, hasProcessMetrics: true });
  const address = await open.listen();
  await open.receiveEvents();
  logStarted(config, { address, emulator: open.emulator, log });
  stopInOrder(async () => {
    log.info({ delayMs: config.shutdownDelayMs, finishMs: FINISH_MS }, 'draining');
    await open.close({ delayMs: config.shutdownDelayMs, finishMs: FINISH_MS });
    log.info('stopped');
  }, log);
}

/** `serve --check`: whether all is there that it needs to serve. It does not listen. */
export async function check(env: Env): Promise<boolean> {
  const settings = await readSettings(env, misspelt(env));
  const { config } = settings;
  const { fetchKeys, probe, queueChecks, runChecks } = await import('./check.ts');
  const probeAws = async (place: Place, log: Logger) => {
    const upstream = await connectUpstream(config, {});
    // Not bound by limits and manifest, which are for clients.
    const gateway = await gatewayOf({ config }, { upstream, log });
    await probe(gateway, config.path, place).finally(upstream.close);
  };
  const aws = placesOf(config).map((place) => ({
    what: `AWS${place.account ? ` account ${place.account}` : ''} in ${place.region}: credentials, ListStages, ListChannels`,
    run: (log: Logger) => probeAws(place, log),
  }));
  const redis = {
    what: 'Redis',
    run: async (log: Logger, advise: (text: string) => void) =>
      (await joinReplicas(config, { log, advise, isEmulated: false }))?.close(),
  };
  const issuers = (config.jwt?.issuers ?? []).map(({ issuer, jwksUri }) => ({
    what: `keys of ${issuer}`,
    run: (log: Logger) => fetchKeys(jwksUri, log),
  }));
  for (const slip of misspelt(env)) console.log(`warning ${slip}`);
  return runChecks(
    [
      { what: 'settings', run: () => readPersisted(settings) },
      ...(config.backend === 'aws' ? aws : []),
      ...(config.redisUrl ? [redis] : []),
      ...queueChecks(config.eventsQueue),
      ...issuers,
    ],
    console.log,
  );
}

const placesOf = ({ accounts, regions }: Config): Place[] =>
  (accounts?.map(({ id }) => id) ?? [undefined]).flatMap((account) =>
    regions.map((region) => ({ account, region })),
  );

function logStarted(
  config: Config,
  { address, emulator, log }: { address: AddressInfo; emulator: Emulator | undefined; log: Logger },
): void {
  const { backend, regions, defaultRegion } = config;
  const accounts = config.accounts?.map(({ id }) => id);
  const url = `${httpOriginOf(address)}${config.path}`;
  if (process.stderr.isTTY && isPretty(config.logFormat))
    process.stderr.write(banner({ ...config, emulator }, url));
  const queue = config.eventsQueue?.url;
  log.info({ url, backend, accounts, defaultRegion, regions, emulator: emulator?.url, queue }, 'started');
  if (config.isOpen)
    log.warn('AUTH_MODE is none: anyone who connects can do what the gateway’s AWS credentials allow');
}
