// How times, numbers and names are written.

export const many = (count, noun) => `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

export const timeOf = (time) => (time ? time.slice(11, 19) : '–');

export const dateTimeOf = (time) => (time ? `${time.slice(0, 10)} ${time.slice(11, 19)}` : '–');

/** How long before the emulator's time. */
export function since(time, now) {
  const seconds = Math.max(0, Math.round((Date.parse(now) - Date.parse(time)) / 1000));
  if (seconds < 60) return `${seconds} s`;
  if (seconds < 3600) return `${Math.floor(seconds / 60)} min`;
  if (seconds < 86_400) return `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`;
  return `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
}

export const idOf = (arn = '') => arn.split('/').at(-1) ?? arn;

/** `startStream` → `Start stream` */
export function wordsOf(name) {
  const words = name.replaceAll(/([a-z])([A-Z])/g, '$1 $2').toLowerCase();
  return words.charAt(0).toUpperCase() + words.slice(1);
}
