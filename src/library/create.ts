// A gateway of the library: options in, a gateway out that its host closes.

import { openGateway } from '../bootstrap/open-gateway.ts';
import { openTelemetry } from '../bootstrap/open-telemetry.ts';
import { readSettings } from '../bootstrap/settings.ts';
import { httpOriginOf } from '../http/address.ts';
import { createLog } from '../server/log.ts';
import { GatewayClock } from '../upstream/clock.ts';
import type { CreateIvsGateway } from './api.ts';
import { clientsOf } from './aws.ts';
import { closedResponse } from './closed.ts';
import { fetchOf } from './fetch.ts';
import { Freezing } from './freezing.ts';
import { InFlight } from './in-flight.ts';
import { logTo } from './logger.ts';
import { nodeListener } from './node-listener.ts';
import { environmentOf, inTermsOfOptions } from './settings-options.ts';
import { upgradeOf } from './upgrade.ts';

/** How long requests may take to finish once the listener is closed. */
const FINISH_MS = 10_000;

export const createGateway: CreateIvsGateway = async (options = {}) => {
  const env = environmentOf(options);
  const { logger } = options;
  const clock = new GatewayClock();
  const { settings, open } = await inTermsOfOptions(async () => {
    const settings = await readSettings(env);
    const { config } = settings;
    // The host's SDK, where it has one: the library starts none.
    const telemetry = await openTelemetry({ ...config, telemetry: undefined });
    const clients = clientsOf(options, config.backend, env);
    const log = await (logger
      ? logTo(logger, env.LOG_LEVEL)
      : createLog({ level: config.logLevel, format: config.logFormat, mixin: telemetry?.mixin }));
    const open = await openGateway(settings, { log, clock, clients, telemetry, hasProcessMetrics: false });
    return { settings, open };
  });
  const { gateway, emulator } = open;
  await open.receiveEvents();
  const { path, shutdownDelayMs: delayMs } = settings.config;
  const freezing = new Freezing(open, clock);
  let closing: Promise<void> | undefined;
  const inFlight = new InFlight();
  let isListening = false;
  const isClosed = () => closing !== undefined;
  const fetch = fetchOf(gateway, inFlight);
  const close = async () => {
    if (!isListening) {
      gateway.drain({ delayMs: 0, finishMs: 0 });
      await inFlight.idle(FINISH_MS);
    }
    await open.close(isListening ? { delayMs, finishMs: FINISH_MS } : undefined);
    clock.stop();
  };
  return {
    fetch: (request, context) => (isClosed() ? Promise.resolve(closedResponse()) : fetch(request, context)),
    handler: nodeListener(gateway, inFlight, isClosed),
    upgrade: upgradeOf(gateway, path),
    path,
    emulatorUrl: emulator?.url,
    listen: async () => {
      if (isClosed()) throw new Error('listen: expected an open gateway, got one that is closed');
      if (isListening) throw new Error('listen: expected to be called once, got another call');
      isListening = true;
      const address = await open.listen().catch((error) => {
        isListening = false;
        throw error;
      });
      return `${httpOriginOf(address)}${path}`;
    },
    pause: () => freezing.pause(),
    resume: () => freezing.resume(),
    close: () => {
      closing ??= close();
      return closing;
    },
  };
};
