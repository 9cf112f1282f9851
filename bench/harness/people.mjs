// The people of a session: how a router asks for them, and whether an answer has them all.
import { browser } from './stand-in.mjs';

/**
 * How many of a session's people are in the answer, with their browsers if these were asked for.
 * @param {import('./peers.mjs').Person[] | undefined} answer
 * @param {import('./stand-in.mjs').Session} session
 * @param {boolean} [detail]
 */
export function countWhole(answer, { userIds }, detail = false) {
  const whole = (answer ?? []).filter(
    (person) => !detail || (person?.browserName === browser.browserName && person?.osName === browser.osName),
  );
  const found = new Set(whole.map((person) => person?.userId));
  return userIds.filter((userId) => found.has(userId)).length;
}

/**
 * What a router sends to a subgraph for the people of a session.
 * @param {import('./stand-in.mjs').Session} session
 */
export const representationsOf = ({ stageArn, sessionId, participantIds }) =>
  participantIds.map((participantId) => ({ __typename: 'Participant', stageArn, sessionId, participantId }));
