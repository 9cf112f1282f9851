// Refuses an input that AWS would refuse for its size, before any work is spent on it: signing, for one, takes time that grows
// faster than the input.
import { ValidationError } from '../errors.ts';
import {
  inputLimits,
  type SizeLimit,
  UNDOCUMENTED_LIST,
  UNDOCUMENTED_TEXT,
} from '../services/input-limits.ts';
import type { Violation } from '../violations.ts';

/** More of them would say no more, and an input can have thousands. */
const MAX_VIOLATIONS = 20;

type Path = readonly string[];

/** Throws a ValidationError for the members that are too large. */
export function checkInputSize(input: object): void {
  const found = tooLargeIn(input);
  if (found.length > 0) throw ValidationError.all(found);
}

/** The first members that are too large. */
export function tooLargeIn(input: object): Violation[] {
  const found: Violation[] = [];
  checkMembers(input, [], found);
  return found;
}

function checkMembers(input: object, path: Path, found: Violation[]): void {
  for (const [name, value] of Object.entries(input))
    checkMember([...path, name], value, inputLimits[name], found);
}

function checkMember(path: Path, value: unknown, limit: SizeLimit | undefined, found: Violation[]): void {
  if (typeof value === 'string') checkText(path, value, limit ?? UNDOCUMENTED_TEXT, found);
  else if (Array.isArray(value)) checkList(path, value, limit ?? UNDOCUMENTED_LIST, found);
  else if (typeof value !== 'object' || value === null || value instanceof Date) return;
  else if (limit) checkMap(path, value, limit, found);
  else checkMembers(value, path, found);
}

function checkText(
  path: Path,
  text: string,
  { max, maxBytes }: SizeLimit,
  found: Violation[],
  of = '',
): void {
  if (max !== undefined && isLonger(text, max))
    add(found, path, { max, unit: 'characters', got: text.length, of });
  else if (maxBytes !== undefined && Buffer.byteLength(text) > maxBytes)
    add(found, path, { max: maxBytes, unit: 'bytes', got: Buffer.byteLength(text), of });
}

function checkList(
  path: Path,
  items: readonly unknown[],
  { max = Infinity, maxLength }: SizeLimit,
  found: Violation[],
): void {
  if (items.length > max) {
    add(found, path, { max, unit: 'items', got: items.length });
    return;
  }
  for (const [index, item] of items.entries()) {
    const place = [...path, String(index)];
    if (typeof item === 'string')
      checkText(place, item, { max: maxLength ?? UNDOCUMENTED_TEXT.max }, found, 'an item of ');
    else if (typeof item === 'object' && item !== null) checkMembers(item, place, found);
  }
}

/** The keys are the client's own words, so no limit is looked up by them. */
function checkMap(
  path: Path,
  map: object,
  { max, maxBytes, maxLength, maxKeyLength }: SizeLimit,
  found: Violation[],
): void {
  const entries = Object.entries(map);
  if (max !== undefined && entries.length > max) {
    add(found, path, { max, unit: 'entries', got: entries.length });
    return;
  }
  let bytes = 0;
  for (const [key, value] of entries) {
    if (maxKeyLength !== undefined) checkText(path, key, { max: maxKeyLength }, found, 'a key of ');
    if (maxLength !== undefined) checkText(path, String(value), { max: maxLength }, found, 'a value of ');
    bytes += Buffer.byteLength(key) + Buffer.byteLength(String(value));
  }
  if (maxBytes !== undefined && bytes > maxBytes) add(found, path, { max: maxBytes, unit: 'bytes' });
}

/** AWS counts characters, not the halves of them that JavaScript counts. */
const isLonger = (text: string, max: number): boolean =>
  text.length > 2 * max || (text.length > max && [...text].length > max);

interface Excess {
  max: number;
  unit: string;
  got?: number;
  of?: string;
}

function add(found: Violation[], path: Path, { max, unit, got, of = '' }: Excess): void {
  const name = path.findLast((part) => !/^\d+$/.test(part));
  const message = `Expected ${of}${name} to have at most ${max} ${unit}, got ${got ?? 'more'}`;
  if (found.length < MAX_VIOLATIONS) found.push({ path, message });
}
