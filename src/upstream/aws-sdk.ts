// The AWS SDK's clients, by require(). They are CommonJS: an import would first search their text for the names of exports,
// which takes longer than loading them.
import { createRequire } from 'node:module';

const require = createRequire(import.meta.url);

export const ivs: typeof import('@aws-sdk/client-ivs') = require('@aws-sdk/client-ivs');
export const ivsRealtime: typeof import('@aws-sdk/client-ivs-realtime') = require('@aws-sdk/client-ivs-realtime');
/** What the clients themselves are made of; loaded with them. */
export const sdkConfig: typeof import('@smithy/core/config') = require('@smithy/core/config');
export const sdkRetries: typeof import('@smithy/core/retry') = require('@smithy/core/retry');
