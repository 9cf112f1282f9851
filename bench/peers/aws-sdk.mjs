import { fileURLToPath } from 'node:url';
import { post } from '../harness/post.mjs';
import { start } from '../harness/programs.mjs';

const program = fileURLToPath(new URL('../programs/aws-sdk.mjs', import.meta.url));
const SCRIPT_DEADLINE_MS = 120_000;

/**
 * @param {string} name @param {Record<string, string>} retries
 * @returns {import('../harness/peers.mjs').Peer}
 */
const sdk = (name, retries) => ({
  name,
  start: (endpoint) => start({ args: [program], env: { AWS_ENDPOINT_URL: endpoint, ...retries } }),
  stages: (url) => post(`${url}/stages`, {}),
  participants: (url, { stageArn, sessionId }, detail) =>
    post(`${url}/participants`, { stageArn, sessionId, detail }),
  one: (url, kind, key) => post(`${url}/one`, { kind, key }),
  entities: 'is no subgraph',
  // A script of one's own has no client that hangs up.
  revoke: (url, pairs) => post(`${url}/revoke`, { pairs }, SCRIPT_DEADLINE_MS),
});

export const peers = [
  sdk('AWS SDK v3, default retries', {}),
  sdk('AWS SDK v3, 10 attempts', { AWS_MAX_ATTEMPTS: '10' }),
  sdk('AWS SDK v3, adaptive, 10 attempts', { AWS_RETRY_MODE: 'adaptive', AWS_MAX_ATTEMPTS: '10' }),
];
