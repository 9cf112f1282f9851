// Cursors: where an item stands in a list of AWS. They are made when they are selected.
import { createHash } from 'node:crypto';
import { ValidationError } from '../../upstream/errors.ts';
import { isLap, type Lap } from './token-trail.ts';

/** Where an item stands: `token` gets its page, `index` is its place in it, `names` are its own and those before it. */
export interface Position {
  token?: string | undefined;
  index: number;
  names: readonly string[];
  /** Recognizes a list whose tokens lead in a circle, however few pages each request reads. */
  lap?: Lap | undefined;
}

/** Four times what the longest token of AWS makes. A longer one is none of ours, and is not read. */
const MAX_CURSOR = 8192;
/** More than any page of AWS has. */
const MAX_INDEX = 1000;

/** A name as cursors have it. */
export const shorten = (text: string): string =>
  createHash('sha256').update(text).digest('base64url').slice(0, 8);
/** Of a list, when a cursor of it is first made or read. */
export function fingerprint(list: readonly unknown[]): () => string {
  let scope: string | undefined;
  return () => {
    scope ??= shorten(JSON.stringify(list));
    return scope;
  };
}

export const encode = (scope: string, { token, index, names, lap }: Position): string =>
  Buffer.from(JSON.stringify([scope, index, names, token ?? null, ...(lap ? [lap] : [])])).toString(
    'base64url',
  );

/** Throws a ValidationError for what is no cursor of this list. */
export function decode(cursor: string, scope: string): Position {
  const [of, index, names, token, lap] = parse(cursor);
  const isSound = of === scope && Number.isInteger(index) && index >= -1 && index < MAX_INDEX;
  const areTexts = Array.isArray(names) && names.every((name) => typeof name === 'string');
  const isPage = (token === null || typeof token === 'string') && (lap === undefined || isLap(lap));
  if (isSound && areTexts && isPage) return { index, names, token: token ?? undefined, lap };
  throw new ValidationError(
    'Expected `after` to be a cursor of this list and filter, got another text. Pass an `endCursor` of the same list.',
  );
}

/** The place in its page of the item that a cursor names; -1 for none, and for what is no cursor. */
export function indexIn(cursor: string): number {
  const [, index] = parse(cursor);
  return Number.isInteger(index) ? index : -1;
}

// biome-ignore lint/suspicious/noExplicitAny: whatever a client sent; checked by the caller
function parse(cursor: string): any[] {
  if (cursor.length > MAX_CURSOR) return [];
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString());
    return Array.isArray(parts) ? parts : [];
  } catch {
    return [];
  }
}
