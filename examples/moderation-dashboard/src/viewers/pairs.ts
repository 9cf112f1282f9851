// What was typed into the field, as pairs for the gateway.
export interface Pair {
  line: number;
  viewerId: string;
  version?: number;
}
interface Read {
  pairs: Pair[];
  problems: string[];
}

const MAX_ID = 40;
/** GraphQL's Int: a larger one would have the whole batch refused. */
const MAX_VERSION = 2 ** 31 - 1;

/** A viewer a line: the id, and behind a comma the last version to revoke. */
export function readPairs(text: string): Read {
  const pairs: Pair[] = [];
  const problems: string[] = [];
  for (const [index, written] of text.split('\n').entries()) {
    const [viewerId = '', version, ...rest] = written.split(',').map((part) => part.trim());
    const line = index + 1;
    if (!viewerId && version === undefined) continue;
    if (!viewerId || viewerId.length > MAX_ID)
      problems.push(`Line ${line}: expected an id of 1 to ${MAX_ID} characters.`);
    else if (rest.length > 0 || (version !== undefined && !/^\d+$/.test(version)))
      problems.push(`Line ${line}: expected a whole number behind the comma.`);
    else if (Number(version ?? 0) > MAX_VERSION)
      problems.push(`Line ${line}: expected a version up to ${MAX_VERSION}.`);
    else pairs.push({ line, viewerId, ...(version !== undefined && { version: Number(version) }) });
  }
  return { pairs, problems };
}
