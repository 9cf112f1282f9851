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
export function checkInputSize(input: object): void {
  for (const [name, value] of Object.entries(input)) checkMember(name, value, inputLimits[name]);
}

function checkMember(name: string, value: unknown, limit: SizeLimit | undefined): void {
  if (typeof value === 'string') checkText(name, value, limit ?? UNDOCUMENTED_TEXT);
  else if (Array.isArray(value)) checkList(name, value, limit ?? UNDOCUMENTED_LIST);
  else if (typeof value !== 'object' || value === null || value instanceof Date) return;
  else if (limit) checkMap(name, value, limit);
  else checkInputSize(value);
}

function checkText(name: string, text: string, { max, maxBytes }: SizeLimit): void {
  if (max !== undefined && isLonger(text, max)) throw tooLarge(name, max, 'characters', text.length);
  if (maxBytes !== undefined && Buffer.byteLength(text) > maxBytes)
    throw tooLarge(name, maxBytes, 'bytes', Buffer.byteLength(text));
}

function checkList(name: string, items: readonly unknown[], { max = Infinity, maxLength }: SizeLimit): void {
  if (items.length > max) throw tooLarge(name, max, 'items', items.length);
  for (const item of items) {
    if (typeof item === 'string')
      checkText(`an item of ${name}`, item, { max: maxLength ?? UNDOCUMENTED_TEXT.max });
    else if (typeof item === 'object' && item !== null) checkInputSize(item);
  }
}

/** The keys are the client's own words, so no limit is looked up by them. */
function checkMap(name: string, map: object, { max, maxBytes, maxLength, maxKeyLength }: SizeLimit): void {
  const entries = Object.entries(map);
  if (max !== undefined && entries.length > max) throw tooLarge(name, max, 'entries', entries.length);
  let bytes = 0;
  for (const [key, value] of entries) {
    if (maxKeyLength !== undefined) checkText(`a key of ${name}`, key, { max: maxKeyLength });
    if (maxLength !== undefined) checkText(`a value of ${name}`, String(value), { max: maxLength });
    bytes += Buffer.byteLength(key) + Buffer.byteLength(String(value));
    if (maxBytes !== undefined && bytes > maxBytes) throw tooLarge(name, maxBytes, 'bytes');
  }
}

/** AWS counts characters, not the halves of them that JavaScript counts. */
const isLonger = (text: string, max: number): boolean =>
  text.length > 2 * max || (text.length > max && [...text].length > max);

const tooLarge = (name: string, max: number, unit: string, got?: number): ValidationError =>
  ValidationError.of(
    { name: name.replace(/^.* of /, '') },
    `Expected ${name} to have at most ${max} ${unit}, got ${got ?? 'more'}`,
  );
