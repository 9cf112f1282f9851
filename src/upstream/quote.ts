const MAX_LENGTH = 150;

/** What a client sent, safe to stand in a message. */
export function quote(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  // A text may have a megabyte, and be quoted a hundred times.
  const start = typeof value === 'string' ? value.slice(0, MAX_LENGTH) : value;
  const text = JSON.stringify(start) ?? String(start);
  return text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text;
}
