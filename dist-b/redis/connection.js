// A connection that loses what it cannot send now, and tries again in the background.
import { Redis as Client } from 'ioredis';
const CONNECT_TIMEOUT_MS = 1000;
// ioredis, since a command that got no answer ends there when the connection does: node-redis's own time-out stops
// once a command is written, and iovalkey is a fork of ioredis for Valkey, to which both speak.
export const openConnection = (url, leastPauseMs) => new Client(url, {
    connectTimeout: CONNECT_TIMEOUT_MS,
    // Not all at once: those who lost it together come back apart.
    retryStrategy: () => Math.max(200 + 300 * Math.random(), leastPauseMs()),
    // What cannot be sent now, or was sent and got no answer, is of no use later.
    enableOfflineQueue: false,
    autoResendUnfulfilledCommands: false,
    autoResubscribe: false,
    maxRetriesPerRequest: 0,
});
