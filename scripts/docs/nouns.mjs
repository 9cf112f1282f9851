// The nouns of AWS: the types that have a global id.
import { isObjectType } from 'graphql';
import { schema } from '../../dist/schema/index.js';

const nouns = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && type.getInterfaces().some(({ name }) => name === 'Node'))
  .map(({ name }) => name)
  .sort((a, b) => b.length - a.length);
const OTHER = 'General';

/** The longest noun in a name such as `deleteStageSession`, `playbackKeyPairs` or `UpdateChannelInput`. */
export function groupOf(/** @type {string[]} */ ...names) {
  for (const name of names) {
    const found = nouns.find((noun) => name.toLowerCase().includes(noun.toLowerCase()));
    if (found) return found;
  }
  return OTHER;
}

export const noun = {
  other: OTHER,
  /** Alphabetical; what is of no noun comes first. */
  order: (/** @type {string} */ name) => (name === OTHER ? -1 : [...nouns].sort().indexOf(name)),
};
