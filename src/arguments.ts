// Values of command-line options: each parser returns the value, or has commander refuse it.
import { InvalidArgumentError } from 'commander';

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('Expected a whole number.');
  return value;
}

export const wholeNumberOf = (min: number, max: number) => (text: string) => {
  const value = wholeNumber(text);
  if (value < min || value > max)
    throw new InvalidArgumentError(`Expected a whole number from ${min} to ${max}.`);
  return value;
};

export function portNumber(text: string): number {
  const port = wholeNumber(text);
  if (port > 65_535) throw new InvalidArgumentError('Expected a port from 0 to 65535.');
  return port;
}

export function httpUrl(text: string): string {
  if (!/^https?:/i.test(text) || !URL.canParse(text))
    throw new InvalidArgumentError('Expected an http or https URL.');
  return text;
}

export function eventsKey(text: string): string {
  if (!/^[\x21-\x7e]{1,512}$/.test(text))
    throw new InvalidArgumentError('Expected 1 to 512 printable ASCII characters without spaces.');
  return text;
}

export function isoTime(text: string): string {
  const hasZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  if (!hasZone || !(Date.parse(text) >= 0))
    throw new InvalidArgumentError('Expected a time of ISO 8601 with a zone, such as 2026-01-01T12:00:00Z.');
  return text;
}
