// Times of ISO 8601 with a zone, as people write them into world files and commands.

/** Later ones have more digits. A year is left for what is a while after now, such as the expiry of tokens. */
export const LATEST = Date.parse('9998-12-31T23:59:59.999Z');

export const isoTime = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/;

/** Milliseconds since 1970; undefined for what is no time, before that, or too late. */
export function readIsoTime(text: string): number | undefined {
  const time = isoTime.test(text) && isDay(text.slice(0, 10)) ? Date.parse(text) : Number.NaN;
  return time >= 0 && time <= LATEST ? time : undefined;
}

/** Date.parse takes 30 February for 2 March. */
function isDay(day: string): boolean {
  const time = Date.parse(`${day}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day);
}
