import { ask } from './post.mjs';

/**
 * For a GraphQL server whose list cannot lead to the details of its items, since these repeat no key of their parent:
 * one request with an alias for each participant.
 * @param {string} url
 * @param {import('./stand-in.mjs').Session} session
 * @param {string[]} participantIds
 * @param {(members: string) => string} toArguments how this server takes the members of an AWS input
 */
export async function askEach(url, { stageArn, sessionId }, participantIds, toArguments) {
  const fields = participantIds.map((id, index) => {
    const members = `stageArn: $stageArn, sessionId: $sessionId, participantId: "${id}"`;
    return `p${index}: participant(${toArguments(members)}) { participant { userId browserName osName } }`;
  });
  const query = `query ($stageArn: String!, $sessionId: String!) { ${fields.join('\n')} }`;
  const data = await ask(url, query, { stageArn, sessionId });
  return participantIds.map((_, index) => data[`p${index}`]?.participant);
}
