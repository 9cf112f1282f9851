// IVS on localhost: starts and stops one emulator.
import { once } from 'node:events';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Accounts } from './accounts.ts';
import type { CallLog } from './calls.ts';
import { type Clock, systemClock } from './clock.ts';
import { Control } from './control.ts';
import { live } from './demo/life.ts';
import { type ApiDestination, type Send, sendTo } from './events/api-destination.ts';
import { Deliveries, type DeliveryOptions } from './events/deliveries.ts';
import { writeEventsTo } from './events/file.ts';
import { Faults } from './faults.ts';
import { checkInput, type Fields } from './members.ts';
import { type Beginning, beginAccountWith, beginWith, type Seed } from './plant.ts';
import { CallRates } from './rates.ts';
import { createWire } from './server.ts';
import { Snapshots } from './snapshots.ts';
import { STUDIO_PATH } from './studio/studio.ts';
import { Traffic, type WriteLine } from './traffic.ts';
import type { Account } from './world.ts';
import { readWorld } from './world-file/read.ts';

export interface EmulatorOptions {
  host?: string;
  /** 0, the default, takes any free port. */
  port?: number;
  seed?: Seed;
  /** In place of a seed: the path of a world file, or what would be in one. */
  world?: string | object | undefined;
  /** The demo world moves by itself, at the clock's `every`. */
  alive?: boolean;
  /** Where time comes from. */
  clock?: Clock;
  /** The time at the start and after each `reset`, by ISO 8601; without it, the time of `clock`. */
  time?: string | undefined;
  /** What created ids, ARNs and keys follow from, so that they are the same run after run; otherwise they are random. */
  ids?: string | undefined;
  /** The account of access key ids that do not name one. */
  accountId?: string;
  /** How long each response takes. */
  latencyMs?: number;
  /** Enforces AWS's published call rates, with `burst` calls at once; without it a second's worth. */
  callRates?: boolean;
  burst?: number | undefined;
  /** Writes a line for each request to both APIs: to stderr, or to a function. */
  logRequests?: boolean | WriteLine | undefined;
  /** Where events are sent over HTTP, as EventBridge sends them to an API destination; with one a minute of a schedule. */
  events?: (ApiDestination & DeliveryOptions) | undefined;
  /** A file to which each event is appended as a line of JSON. */
  eventsFile?: string | undefined;
}

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

const startFields: Fields = { latencyMs: 'milliseconds?', burst: 'times?', time: 'time?', ids: 'string?' };
const destinationFields: Fields = {
  url: 'url',
  key: 'apiKey?',
  timeoutMs: 'milliseconds?',
  heartbeat: 'boolean?',
};

/** Rejects with the error of listening as it is, EADDRINUSE for one. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = '127.0.0.1', port = 0, alive = false, clock = systemClock } = options;
  const { latencyMs = 0, burst, time, ids, eventsFile } = options;
  checkInput('startEmulator', startFields, { latencyMs, burst, time, ids });
  const accounts = new Accounts(options.accountId ?? '123456789012', clock, ids);
  const begin = await beginningOf(accounts, options);
  const traffic = new Traffic(logOf(options.logRequests));
  const [faults, deliveries] = [new Faults(), new Deliveries(accounts)];
  const rates = options.callRates ? new CallRates(burst) : undefined;
  const snapshots = new Snapshots(accounts);
  const control = new Control({ accounts, traffic, faults, rates, deliveries, snapshots, begin });
  begin();
  const destination = options.events && checkDestination(options.events);
  const endFile = eventsFile === undefined ? () => {} : writeEventsTo(eventsFile, accounts.events);
  const server = createWire({ accounts, traffic, faults, latencyMs, rates }, control);
  server.listen(port, host);
  await once(server, 'listening');
  if (destination) deliveries.deliverTo(sendTo(destination), destination);
  const url = addressOf(server.address() as AddressInfo);
  const rest = alive ? live(accounts.own) : () => {};

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
      endFile();
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

function checkDestination(events: NonNullable<EmulatorOptions['events']>) {
  checkInput('events', destinationFields, events);
  return events;
}

const logOf = (log: EmulatorOptions['logRequests'] = false): WriteLine | undefined =>
  log === true ? (line) => process.stderr.write(`${line}\n`) : log || undefined;

const addressOf = ({ address, family, port }: AddressInfo) =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
