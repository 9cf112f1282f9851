// IVS on localhost: starts and stops one emulator.
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { CallLog } from './calls.ts';
import { type Clock, systemClock } from './clock.ts';
import { Control } from './control.ts';
import { seedDemo } from './demo/demo.ts';
import { live } from './demo/life.ts';
import { Faults } from './faults.ts';
import { checkInput, type Fields } from './members.ts';
import { CallRates } from './rates.ts';
import { createWire } from './server.ts';
import { Account } from './world.ts';

export interface EmulatorOptions {
  host?: string;
  /** 0, the default, takes any free port. */
  port?: number;
  seed?: 'demo' | 'empty';
  /** The demo world moves by itself, at the clock's `every`. */
  alive?: boolean;
  clock?: Clock;
  accountId?: string;
  /** How long each response takes. */
  latencyMs?: number;
  /** Enforces AWS's published call rates, with `burst` calls at once; without it a second's worth. */
  callRates?: boolean;
  burst?: number | undefined;
}

export interface Emulator {
  url: string;
  calls: CallLog;
  control: Control;
  faults: Faults;
  /** Ends open connections too. */
  close(): Promise<void>;
}

const numbers: Fields = { latencyMs: 'milliseconds?', burst: 'times?' };

/** Rejects with the error of listening as it is, EADDRINUSE for one. */
export async function startEmulator(options: EmulatorOptions = {}): Promise<Emulator> {
  const { host = '127.0.0.1', port = 0, seed = 'empty', alive = false, clock = systemClock } = options;
  const { latencyMs = 0, burst } = options;
  checkInput('startEmulator', numbers, { latencyMs, burst });
  const account = new Account(options.accountId ?? '123456789012', clock);
  const plant = () => seed === 'demo' && seedDemo(account);
  const [calls, faults] = [new CallLog(), new Faults()];
  const control = new Control({ account, calls, faults, plant });
  plant();

  const rates = options.callRates ? new CallRates(clock, burst) : undefined;
  const server = createWire({ account, calls, faults, latencyMs, rates }, control);
  server.listen(port, host);
  await once(server, 'listening');
  const rest = alive ? live(account) : () => {};

  return {
    url: addressOf(server.address() as AddressInfo),
    calls,
    control,
    faults,
    async close() {
      rest();
      const closed = once(server, 'close');
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

const addressOf = ({ address, family, port }: AddressInfo) =>
  `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
