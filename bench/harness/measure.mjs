// A peer after the other, or all side by side where they do little but wait.
// What fails for one peer is shown in its line, and the others go on.

/**
 * @typedef {(string | number)[]} Line
 * @typedef {import('./peers.mjs').Peer} Peer
 */

/**
 * @param {Peer[]} peers
 * @param {(peer: Peer) => Promise<Line>} measure
 * @returns {Promise<Line[]>}
 */
export async function inTurn(peers, measure) {
  const lines = [];
  for (const peer of peers) lines.push([peer.name, ...(await measure(peer).catch(tell))]);
  return lines;
}

/**
 * @template R
 * @param {Peer[]} peers
 * @param {number} rounds
 * @param {(peer: Peer) => Promise<R>} measure
 * @param {(results: R[]) => Line} summarize
 * @returns {Promise<Line[]>}
 */
export async function sideBySide(peers, rounds, measure, summarize) {
  const results = peers.map(() => /** @type {R[]} */ ([]));
  const failures = new Map();
  for (let round = 0; round < rounds; round += 1) {
    const runs = peers.map((peer, place) =>
      measure(peer).then(
        (result) => results[place]?.push(result),
        (error) => failures.set(place, error),
      ),
    );
    await Promise.all(runs);
  }
  return peers.map((peer, place) => [
    peer.name,
    ...(failures.has(place) ? tell(failures.get(place)) : summarize(results[place] ?? [])),
  ]);
}

const tell = (/** @type {Error} */ error) => [`failed: ${error.message}`];

/** @param {number[]} values */
function median(values) {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  const upper = sorted[middle] ?? Number.NaN;
  return sorted.length % 2 === 1 ? upper : ((sorted[middle - 1] ?? upper) + upper) / 2;
}

/**
 * Of each number that the rounds have in common.
 * @template {string} K
 * @param {Record<K, number>[]} rounds @param {K[]} names
 */
export const medians = (rounds, ...names) =>
  /** @type {Record<K, number>} */ (
    Object.fromEntries(names.map((name) => [name, median(rounds.map((round) => round[name]))]))
  );

/**
 * So many, and why not more.
 * @param {number} count @param {number} all @param {({ error?: Error } | undefined)[]} results
 */
export function share(count, all, results) {
  const error = results.find((result) => result?.error)?.error;
  return `${count} of ${all}${error ? ` (${error.message})` : ''}`;
}
