// The AWS SDK's clients, by require(). They are CommonJS: an import would first search their text for the names of exports,
// which takes longer than loading them.
import { createRequire } from 'node:module';
const require = createRequire(import.meta.url);
export const ivs = require('@aws-sdk/client-ivs');
export const ivsRealtime = require('@aws-sdk/client-ivs-realtime');
