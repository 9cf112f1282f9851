// The peers are the files of peers/; this says what one is.
import { readdir } from 'node:fs/promises';

/**
 * What a row asks of a peer. Lists have holes where something was lost; a text says why a peer cannot do it.
 *
 * @typedef {import('./stand-in.mjs').Session} Session
 * @typedef {{ userId?: string, browserName?: string, osName?: string } | null | undefined} Person
 * @typedef {{ channelArn: string, viewerId: string }} Pair
 *
 * @typedef {object} Peer
 * @property {string} name
 * @property {(endpoint: string) => Promise<import('./programs.mjs').Program>} start
 *   Starts it; `endpoint` is where it finds AWS.
 * @property {string | ((url: string) => Promise<{ name?: string, people: Person[] }[]>)} stages
 *   All stages with the people of their active sessions.
 * @property {string | ((url: string, session: Session, detail: boolean) => Promise<Person[]>)} participants
 *   All people of a session: `userId`, and with `detail` also what only GetParticipant tells.
 * @property {(url: string, session: Session) => Promise<{ value: Person[], first: number, seconds: number }>} [participantsInParts]
 *   The same with details, as they come: when the first was there, and when all were.
 * @property {string | ((url: string, session: Session) => Promise<Person[]>)} entities
 *   The `userId` of each key of `_entities`.
 * @property {(url: string, kind: import('./one.mjs').Kind, key: object) => Promise<any>} [one]
 *   One resource by its key.
 * @property {string | ((url: string, pairs: Pair[]) => Promise<number[]>)} revoke
 *   Revokes all pairs; the places of those that it says have failed.
 */

const folder = new URL('../peers/', import.meta.url);
const OURS = 'ivs-graphql.mjs';

/** @typedef {'stages' | 'participants' | 'entities' | 'revoke' | 'one'} Task */

/** @returns {Promise<Peer[]>} ours first */
export async function loadPeers() {
  const files = (await readdir(folder)).filter((file) => file.endsWith('.mjs'));
  files.sort((a, b) => Number(b === OURS) - Number(a === OURS) || a.localeCompare(b));
  const modules = await Promise.all(files.map((file) => import(new URL(file, folder).href)));
  return modules.flatMap((module) => module.peers);
}

/**
 * Runs something with a peer that was just started; a peer that does not start is an error like any other.
 * @template T
 * @param {Peer} peer @param {string} endpoint @param {(url: string) => Promise<T>} work
 */
export async function withPeer(peer, endpoint, work) {
  const { url, stop } = await peer.start(endpoint);
  try {
    return await work(url);
  } finally {
    await stop();
  }
}
