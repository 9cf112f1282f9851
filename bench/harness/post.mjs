// One request of a client that gives up after 30 seconds, as the gateway does by default.
import { request } from 'node:http';

const DEADLINE_MS = 30_000;

/**
 * On a connection of its own and without `fetch`, so that a thousand are on their way before the first is answered.
 * @param {string} url @param {object} body @param {number} [deadlineMs] @param {object} [more] headers
 * @returns {Promise<any>}
 */
export function post(url, body, deadlineMs = DEADLINE_MS, more) {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json', ...more };
    const sent = request(url, { method: 'POST', headers, agent: false }, (answer) => {
      /** @type {Buffer[]} */
      const chunks = [];
      answer.on('error', reject);
      answer.on('data', (chunk) => chunks.push(chunk));
      answer.on('end', () => {
        try {
          resolve(JSON.parse(Buffer.concat(chunks).toString()));
        } catch {
          reject(new Error(`${answer.statusCode} without JSON`));
        }
      });
    });
    const late = setTimeout(
      () => sent.destroy(new Error(`no answer within ${deadlineMs / 1000} s`)),
      deadlineMs,
    );
    sent.on('error', reject).on('close', () => clearTimeout(late));
    sent.end(JSON.stringify(body));
  });
}

/**
 * The data of a GraphQL answer, with its holes.
 * @param {string} url @param {string} query @param {object} [variables]
 */
export async function ask(url, query, variables) {
  const { data, errors } = await post(`${url}/graphql`, { query, variables });
  if (!data) throw new Error(errors?.[0]?.message ?? 'an answer without data');
  return data;
}

/**
 * Asks for an answer in parts; each part is a line of JSON among those that part them.
 * @param {string} url @param {object} body @param {(part: any) => void} onPart
 */
export async function postInParts(url, body, onPart) {
  const headers = { 'content-type': 'application/json', accept: 'multipart/mixed' };
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify(body) });
  let rest = '';
  for await (const text of /** @type {ReadableStream} */ (answer.body).pipeThrough(new TextDecoderStream())) {
    const lines = (rest + text).split('\r\n');
    rest = lines.pop() ?? '';
    for (const line of lines) if (line.startsWith('{')) onPart(JSON.parse(line));
  }
}

/** @param {() => Promise<any>} work */
export async function timed(work) {
  const from = performance.now();
  /** @type {any} */
  let value;
  let error;
  try {
    value = await work();
  } catch (caught) {
    error = /** @type {Error} */ (caught);
  }
  return { value, error, seconds: (performance.now() - from) / 1000 };
}
