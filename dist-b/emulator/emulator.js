// IVS on localhost: starts and stops one emulator.
import { once } from 'node:events';
import { CallLog } from './calls.js';
import { systemClock } from './clock.js';
import { Control } from './control.js';
import { seedDemo } from './demo/demo.js';
import { live } from './demo/life.js';
import { Faults } from './faults.js';
import { checkInput } from './members.js';
import { CallRates } from './rates.js';
import { createWire } from './server.js';
import { Account } from './world.js';
const numbers = { latencyMs: 'milliseconds?', burst: 'times?' };
/** Rejects with the error of listening as it is, EADDRINUSE for one. */
export async function startEmulator(options = {}) {
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
    const rest = alive ? live(account) : () => { };
    return {
        url: addressOf(server.address()),
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
const addressOf = ({ address, family, port }) => `http://${family === 'IPv6' ? `[${address}]` : address}:${port}`;
