/** What a client sent, safe to stand in a message. */
export function quote(value: unknown): string {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 150 ? `${text.slice(0, 150)}…` : text;
}
