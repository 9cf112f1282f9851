// IVS on localhost: starts and stops one emulator.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { CallRates } from './aws/rates.ts';
import { checked } from './control/checks.ts';
import { Control } from './control/control.ts';
import { live } from './demo/life.ts';
import { type Send, sendTo } from './events/api-destination.ts';
import { Deliveries, type DeliveryOptions } from './events/deliveries.ts';
import { Faults } from './faults/faults.ts';
import { type Beginning, beginAccountWith, beginWith } from './plant.ts';
import { createWire } from './server.ts';
import { checkOptions, type EmulatorOptions } from './start-options.ts';
import { STUDIO_PATH } from './studio/studio.ts';
import type { CallLog } from './traffic/calls.ts';
import { InFlight } from './traffic/in-flight.ts';
import { Traffic, type WriteLine } from './traffic/traffic.ts';
import { Accounts } from './world/accounts.ts';
import { systemClock } from './world/clock.ts';
import { Snapshots } from './world/snapshots.ts';
import type { Account } from './world/world.ts';
import { readWorld } from './world-file/read.ts';

export type { EmulatorOptions } from './start-options.ts';

export interface Emulator {
  url: string;
  /** Of the page that shows and controls it. */
  studioUrl: string;
  /** Their worlds. */
  accounts: Accounts;
  calls: CallLog;
  control: Control;
  faults: Faults;
  /** Delivers the events from now on to a receiver in this process. Returns what ends it. */
  deliverTo(send: Send, options?: DeliveryOptions): () => void;
  /** Ends open connections too. */
  close(): Promise<void>;
}

/** Rejects with the error of listening as it is, EADDRINUSE for one. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  checkOptions(options);
  const { host = '127.0.0.1', port = 0, alive = false, clock = systemClock } = options;
  const { latencyMs = 0, burst, ids, eventsFile } = options;
  const accounts = new Accounts(options.accountId ?? '123456789012', clock, ids);
  const begin = await beginningOf(accounts, options);
  const traffic = new Traffic(logOf(options.logRequests));
  const [faults, deliveries] = [new Faults(), new Deliveries(accounts)];
  const rates = options.callRates ? new CallRates(burst) : undefined;
  const snapshots = new Snapshots(accounts);
  const inFlight = new InFlight();
  const control = checked(
    new Control({ accounts, traffic, faults, rates, deliveries, snapshots, begin, inFlight }),
  );
  begin();
  if (eventsFile !== undefined) deliveries.writeTo(eventsFile);
  const server = createWire({ accounts, traffic, faults, inFlight, latencyMs, rates }, control);
  server.listen(port, host);
  await once(server, 'listening');
  if (options.events) deliveries.deliverTo(sendTo(options.events), options.events);
  const url = addressOf(server.address() as AddressInfo);
  const rest = alive ? live(accounts) : () => {};

  return {
    url,
    accounts,
    studioUrl: url + STUDIO_PATH,
    calls: traffic.calls,
    control,
    faults,
    deliverTo: (send, how) => deliveries.deliverTo(send, how),
    async close() {
      rest();
      deliveries.close();
      traffic.calls.close();
      await closed(server);
    },
  };
}

/** What each reset goes back to: the world of the options, or another one. */
async function beginningOf(accounts: Accounts, { seed = 'empty', world, time }: EmulatorOptions) {
  const first = { seed, world: world === undefined ? undefined : await readWorld(world) };
  return (other?: Pick<Beginning, 'seed' | 'world'>, account?: Account): void => {
    if (!account) {
      beginWith(accounts, { ...(other ?? first), time });
      return;
    }
    // The seed of the start is of the emulator's own account
    const own = account === accounts.own ? first : { ...first, seed: 'empty' as const };
    beginAccountWith(accounts, account, { ...(other ? { ...other, of: account } : own), time });
  };
}

async function closed(server: Server): Promise<void> {
  const isClosed = once(server, 'close');
  server.close();
  server.closeAllConnections();
  await isClosed;
}

const logOf = (log: EmulatorOptions['logRequests'] = false): WriteLine | undefined =>
  log === true ? (line) => process.stderr.write(`${line}\n`) : log || undefined;

const addressOf = ({ address, family, port }: AddressInfo) =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
