// What everybody talks to: the emulator, empty until a row fills it, and the count of what it was asked.

import { setTimeout as pause } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { start } from './programs.mjs';

export const main = fileURLToPath(new URL('../../dist/main.js', import.meta.url));

/** The emulator reads region and service of a signature and does not verify it. */
export const authorization =
  'AWS4-HMAC-SHA256 Credential=bench/20260101/us-west-2/ivs/aws4_request, SignedHeaders=host, Signature=none';

const ANSWER_MS = 20_000;

/** What every participant's client tells of itself. */
export const browser = { browserName: 'Firefox', osName: 'Linux' };

/**
 * @typedef {{ stageArn: string, sessionId: string, participantIds: string[], userIds: string[] }} Session
 * @typedef {Awaited<ReturnType<typeof startStandIn>>} StandIn
 */

/**
 * Runs something on an emulator of its own.
 * @template T
 * @param {{ callRates?: boolean, latencyMs?: number }} options
 * @param {(standIn: StandIn) => Promise<T>} work
 */
export async function withStandIn(options, work) {
  const standIn = await startStandIn(options);
  try {
    return await work(standIn);
  } finally {
    await standIn.stop();
  }
}

/** @param {{ callRates?: boolean, latencyMs?: number }} options */
async function startStandIn({ callRates = false, latencyMs = 0 }) {
  const options = [...(callRates ? ['--call-rates'] : []), '--latency-ms', String(latencyMs)];
  const args = [main, 'emulator', '--port', '0', '--seed', 'empty', ...options];
  const { url, stop } = await start({ args });

  /** @param {string} path @param {object} body */
  const post = (path, body) =>
    fetch(`${url}/${path}`, {
      method: 'POST',
      body: JSON.stringify(body),
      headers: { authorization },
      signal: AbortSignal.timeout(ANSWER_MS),
    });

  /** @param {string} command @param {object} [body] @returns {Promise<any>} */
  const control = async (command, body = {}) => (await post(`_control/${command}`, body)).json();

  /** @param {string} operation @param {object} body @returns {Promise<any>} */
  async function create(operation, body) {
    for (let tries = 0; tries < 100; tries += 1) {
      const answer = await post(operation, body);
      if (answer.ok) return answer.json();
      if (answer.status !== 429) throw new Error(`${operation}: ${answer.status} ${await answer.text()}`);
      await pause(100);
    }
    throw new Error(`${operation}: throttled for too long`);
  }

  return {
    url,
    stop,
    resetCalls: () => control('resetCalls'),

    /** How many calls came, and how many of them were answered 429. */
    async calls() {
      // Of an operation that no row calls: the counts are wanted, not the log.
      const { counts, statuses } = await control('calls', { operation: 'ListAdConfigurations' });
      const total = /** @type {number[]} */ (Object.values(counts)).reduce((sum, count) => sum + count, 0);
      return { counts, total, throttled: statuses[429] ?? 0 };
    },

    /** @returns {Promise<number>} how many viewers were revoked */
    countRevoked: async () => (await control('revocations')).length,

    /**
     * A live stage with so many people on it.
     * @param {string} name @param {number} people @returns {Promise<Session>}
     */
    async addStage(name, people) {
      const { stage } = await create('CreateStage', { name });
      const userIds = Array.from({ length: people }, (_, index) => `${name}-user-${index}`);
      const joined = [];
      for (const userId of userIds)
        joined.push(await control('join', { stageArn: stage.arn, userId, ...browser }));
      const participantIds = joined.map(({ participantId }) => participantId);
      return { stageArn: stage.arn, sessionId: joined[0].sessionId, participantIds, userIds };
    },

    /** @param {string} stageArn @param {string} userId */
    join: (stageArn, userId) => control('join', { stageArn, userId, ...browser }),

    /** @param {string} name @param {boolean} authorized @returns {Promise<string>} its ARN */
    async addChannel(name, authorized) {
      return (await create('CreateChannel', { name, authorized })).channel.arn;
    },
  };
}
