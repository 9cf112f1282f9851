// Copies of records, as snapshots hold them. What a record holds is replaced, never changed in place (records.ts), so that
// its values are shared. Its Maps, Sets and lists grow, and so do those of the records in them: these are copied,
// unless they are frozen.

/** Where the size of what is copied is added up, roughly. */
export interface Meter {
  bytes: number;
}

const MEMBER_BYTES = 16;

export function copy<T>(value: T, meter: Meter): T {
  // Each branch returns a value of the type that it was given
  return copyOf(value, meter) as T;
}

function copyOf(value: unknown, meter: Meter): unknown {
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (Array.isArray(value)) return value.map((item) => copyOf(item, meter));
  if (value instanceof Map) return copyMap(value, meter);
  if (value instanceof Set) return copySet(value, meter);
  return 'order' in value && !Object.isFrozen(value) ? copyRecord({ ...value }, meter) : value;
}

function copyMap(from: ReadonlyMap<unknown, unknown>, meter: Meter): Map<unknown, unknown> {
  const copied = new Map<unknown, unknown>();
  for (const [key, value] of from) copied.set(key, copyOf(value, meter));
  meter.bytes += copied.size * MEMBER_BYTES;
  return copied;
}

function copySet(from: ReadonlySet<unknown>, meter: Meter): Set<unknown> {
  meter.bytes += from.size * MEMBER_BYTES;
  return new Set(from);
}

function copyRecord(copied: Record<string, unknown>, meter: Meter): Record<string, unknown> {
  for (const name in copied) {
    const member = copied[name];
    meter.bytes += MEMBER_BYTES + (typeof member === 'string' ? member.length : 0);
    if (typeof member === 'object' && member !== null) copied[name] = copyOf(member, meter);
  }
  return copied;
}
