// Values of command-line options: each parser returns the value, or has commander refuse it.
import { InvalidArgumentError } from 'commander';
import { NOT_SHOWN, shownUrl } from '../http/shown-url.ts';

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

/** What is wrong with the options of events. Not parsers: commander prints a text that one refuses, and these can be secret. */
export function problemOfEvents({
  url,
  key,
}: {
  url: string | undefined;
  key: string | undefined;
}): string | undefined {
  if (url !== undefined && !(/^https?:/i.test(url) && URL.canParse(url)))
    return `option '--events <url>': expected an http or https URL, got ${shownUrl(url)}`;
  if (key !== undefined && !/^[\x21-\x7e]{1,512}$/.test(key))
    return `option '--events-key <key>': expected 1 to 512 printable ASCII characters without spaces, got ${NOT_SHOWN}`;
  return undefined;
}

export function isoTime(text: string): string {
  const hasZone = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/.test(text);
  if (!hasZone || !(Date.parse(text) >= 0))
    throw new InvalidArgumentError('Expected a time of ISO 8601 with a zone, such as 2026-01-01T12:00:00Z.');
  return text;
}

export function seedOfIds(text: string): string {
  const length = [...text].length;
  if (length < 1 || length > 128 || /\p{Cc}/u.test(text))
    throw new InvalidArgumentError('Expected 1 to 128 characters, none of them a control character.');
  return text;
}

export function notEmpty(text: string): string {
  if (text === '') throw new InvalidArgumentError('Expected a text that is not empty.');
  return text;
}
