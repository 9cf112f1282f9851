/** @typedef {'participant' | 'channel' | 'stage'} Kind */

/** @type {Record<Kind, string>} */
const fields = { participant: 'userId state published', channel: 'name playbackUrl', stage: 'name' };

/** @param {Kind} kind @param {object} key */
export function queryOfOne(kind, key) {
  const given = Object.entries(key).map(([name, value]) => `${name}: ${JSON.stringify(value)}`);
  return `{ ${kind}(${given.join(', ')}) { ${fields[kind]} } }`;
}
