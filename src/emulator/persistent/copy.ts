// Copies of the records that two worlds share, made before either may change them. What a record holds is replaced, never
// changed in place (records.ts), so that its values stay shared. Its collections grow, and are copied or forked.

interface Forked {
  fork(): unknown;
}

export function copy<T>(value: T): T {
  // Each branch returns a value of the type that it was given
  return isRecord(value) ? (copyRecord({ ...value }) as T) : (copyMember(value) as T);
}

function copyMember(value: unknown): unknown {
  if (typeof value !== 'object' || value === null) return value;
  if (Array.isArray(value)) return [...value];
  if (value instanceof Map) return new Map(value);
  if (value instanceof Set) return new Set(value);
  if ('fork' in value) return (value as Forked).fork();
  return value;
}

/** One that is frozen is never changed. */
const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && 'order' in value && !Object.isFrozen(value);

function copyRecord(copied: Record<string, unknown>): Record<string, unknown> {
  for (const name in copied) {
    const member = copied[name];
    if (typeof member === 'object' && member !== null) copied[name] = copyMember(member);
  }
  return copied;
}
