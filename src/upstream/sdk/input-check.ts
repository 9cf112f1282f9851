// Refuses an input that AWS would refuse for its size, before any work is spent on it: signing, for one, takes time that grows
// faster than the input.
import { ValidationError } from '../errors.ts';
import {
  inputLimits,
  type SizeLimit,
  UNDOCUMENTED_LIST,
  UNDOCUMENTED_TEXT,
} from '../services/input-limits.ts';

/** Throws a ValidationError for the first member that is too large. */
export function checkInputSize(input: object, path: Path = []): void {
  for (const [name, value] of Object.entries(input)) checkMember([...path, name], value, inputLimits[name]);
}

type Path = readonly string[];

function checkMember(path: Path, value: unknown, limit: SizeLimit | undefined): void {
  if (typeof value === 'string') checkText(path, value, limit ?? UNDOCUMENTED_TEXT);
  else if (Array.isArray(value)) checkList(path, value, limit ?? UNDOCUMENTED_LIST);
  else if (typeof value !== 'object' || value === null || value instanceof Date) return;
  else if (limit) checkMap(path, value, limit);
  else checkInputSize(value, path);
}

function checkText(path: Path, text: string, { max, maxBytes }: SizeLimit, of = ''): void {
  if (max !== undefined && isLonger(text, max)) throw tooLarge(path, max, 'characters', text.length, of);
  if (maxBytes !== undefined && Buffer.byteLength(text) > maxBytes)
    throw tooLarge(path, maxBytes, 'bytes', Buffer.byteLength(text), of);
}

function checkList(path: Path, items: readonly unknown[], { max = Infinity, maxLength }: SizeLimit): void {
  if (items.length > max) throw tooLarge(path, max, 'items', items.length);
  for (const [index, item] of items.entries()) {
    const place = [...path, String(index)];
    if (typeof item === 'string')
      checkText(place, item, { max: maxLength ?? UNDOCUMENTED_TEXT.max }, 'an item of ');
    else if (typeof item === 'object' && item !== null) checkInputSize(item, place);
  }
}

/** The keys are the client's own words, so no limit is looked up by them. */
function checkMap(path: Path, map: object, { max, maxBytes, maxLength, maxKeyLength }: SizeLimit): void {
  const entries = Object.entries(map);
  if (max !== undefined && entries.length > max) throw tooLarge(path, max, 'entries', entries.length);
  let bytes = 0;
  for (const [key, value] of entries) {
    if (maxKeyLength !== undefined) checkText(path, key, { max: maxKeyLength }, 'a key of ');
    if (maxLength !== undefined) checkText(path, String(value), { max: maxLength }, 'a value of ');
    bytes += Buffer.byteLength(key) + Buffer.byteLength(String(value));
    if (maxBytes !== undefined && bytes > maxBytes) throw tooLarge(path, maxBytes, 'bytes');
  }
}

/** AWS counts characters, not the halves of them that JavaScript counts. */
const isLonger = (text: string, max: number): boolean =>
  text.length > 2 * max || (text.length > max && [...text].length > max);

function tooLarge(path: Path, max: number, unit: string, got?: number, of = ''): ValidationError {
  const name = path.findLast((part) => !/^\d+$/.test(part));
  return ValidationError.at(
    path,
    `Expected ${of}${name} to have at most ${max} ${unit}, got ${got ?? 'more'}`,
  );
}
