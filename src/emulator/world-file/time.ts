// Times of a world file: absolute, or how long before the start.
import { isoTime, readIsoTime } from '../world/iso-time.ts';

const SHORT = /^-(?=\d)(?:(\d+)d)?(?:(\d+)h)?(?:(\d+)m)?(?:(\d+(?:\.\d+)?)s)?$/;
const ISO = /^-P(?=\d|T\d)(?:(\d+)D)?(?:T(?=\d)(?:(\d+)H)?(?:(\d+)M)?(?:(\d+(?:\.\d+)?)S)?)?$/;

export const absolutePattern = isoTime.source;
export const anyPattern = [/^now$/, isoTime, SHORT, ISO].map(({ source }) => source).join('|');
export const expectedAbsolute = 'a time of ISO 8601 with a zone, such as 2026-01-01T12:00:00Z';
export const expectedTime =
  'a time, such as 2026-01-01T12:00:00Z, or how long before the start, such as -1h30m or -PT90M, or now';

const SECONDS = [86_400, 3600, 60, 1];

/** Milliseconds since 1970; undefined for what is no time. */
export function readTime(text: string, start: number): number | undefined {
  if (text === 'now') return start;
  if (isoTime.test(text)) return readIsoTime(text);
  const [, ...parts] = SHORT.exec(text) ?? ISO.exec(text) ?? [];
  if (parts.length === 0) return undefined;
  const seconds = parts.reduce((sum, part, index) => sum + Number(part ?? 0) * (SECONDS[index] ?? 0), 0);
  return start - seconds * 1000 >= 0 ? start - seconds * 1000 : undefined;
}

/** In the form of `text`: absolute, or how long before the start. */
export function timeLike(text: string, time: number, start: number): string {
  if (isoTime.test(text)) return new Date(time).toISOString();
  const left = { ms: start - time };
  const parts = ['d', 'h', 'm'].map((unit, index) => {
    const unitMs = (SECONDS[index] ?? 1) * 1000;
    const count = Math.floor(left.ms / unitMs);
    left.ms -= count * unitMs;
    return count > 0 ? `${count}${unit}` : '';
  });
  const short = `${parts.join('')}${left.ms > 0 ? `${left.ms / 1000}s` : ''}`;
  return short ? `-${short}` : 'now';
}
