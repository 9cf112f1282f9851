// Texts that variables hold: regions, URLs, hosts, headers, secrets.

import { shownUrls } from '../../http/shown-url.ts';
import { expectedRedisUrl, parseRedisUrl } from '../../redis/url.ts';
import { accountOfRole, EXAMPLE } from './role-arn.ts';
import { list, matching, matchingUrl, type Reader } from './variable.ts';

const urlOf = (given: string, protocol: RegExp): URL | undefined => {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  return url && protocol.test(url.protocol) ? url : undefined;
};

export const REGION = 'an AWS region such as us-west-2';
export const isRegion = (name: string): boolean => /^[a-z]{2}(-[a-z]+)+-\d$/.test(name);
export const region = matching(REGION, isRegion);
/** The id alone, or with the ARN of a role. */
const isAccount = (item: string): boolean => {
  const [id = '', role] = item.split(/=(.*)/);
  return /^\d{12}$/.test(id) && (role === undefined || accountOfRole(role) !== undefined);
};
const accountList = list(
  `account ids of 12 digits, each alone or with the ARN of a role, such as 123456789012=${EXAMPLE}`,
  (items) => items.every(isAccount),
);
/** Of a long list, what is wrong. */
export const accounts: Reader<string[]> = {
  ...accountList,
  show: (given) => {
    const items = given.split(',').map((item) => item.trim());
    return items
      .filter((item) => !isAccount(item))
      .map((item) => JSON.stringify(item))
      .join(', ');
  },
};
/** As STS takes it. */
export const externalId = matching('2 to 1224 letters, digits and characters of _+=,.@:/-', (given) =>
  /^[\w+=,.@:/-]{2,1224}$/.test(given.trim()),
);
export const endpoint = matchingUrl(
  'an http or https URL',
  // URL also reads `http:host`, which the SDK does not take.
  (given) => /^\s*https?:\/\//i.test(given) && URL.canParse(given),
);

export const proxyUrl = matchingUrl(
  'the URL of an HTTP proxy, such as http://proxy.example.com:3128',
  (given) => Boolean(urlOf(given, /^https?:$/)?.hostname),
);

export const redisUrl: Reader<string> = {
  expected: expectedRedisUrl,
  read: (given) => (parseRedisUrl(given) ? given.trim() : undefined),
};
/** Braces and patterns would mean something to Redis. */
export const redisPrefix = matching('1 to 64 letters, digits or any of . _ : -', (given) =>
  /^[\w.:-]{1,64}$/.test(given),
);

export const isLoopback = (host: string): boolean =>
  host === 'localhost' || host === '::1' || /^127(\.\d+){3}$/.test(host);

export const KEYS_URL = 'an https URL without a user, or an http one on loopback';
/** An attacker who replaces the keys can pose as any caller: no plain http except to this machine. */
export const keysUrl = matchingUrl(KEYS_URL, (given) => {
  const url = urlOf(given, /^https?:$/);
  if (!url || url.username || url.password) return false;
  return url.protocol === 'https:' || isLoopback(url.hostname.replace(/[[\]]/g, ''));
});

export const texts = list('texts, separated by commas', (items) => items.every(Boolean));
/** The claims that name scopes part them by spaces. */
export const scopePrefix = matching('a text without spaces', (given) => !/\s/.test(given));

/** As browsers send it: no path, lower case, no default port. There are no patterns. */
const isOrigin = (given: string): boolean =>
  URL.canParse(given) && new URL(given).origin === given && given !== 'null' && !given.includes('*');
export const origins: Reader<string[]> = {
  ...list(
    'origins such as https://app.example.com,http://localhost:3000, or *',
    (items) => items.join() === '*' || items.every(isOrigin),
  ),
  show: shownUrls,
};

/** Names as RFC 9110 has them. Not `*`, which browsers take as a name where a page sends credentials. */
export const headerNames = list('names of headers such as x-tenant,x-client-version', (items) =>
  items.every((name) => name !== '*' && /^[!#$%&'*+.^_`|~\w-]+$/.test(name)),
);

/** What a header can carry: others read bytes beyond ASCII in several ways, and cut spaces off at the ends. */
export const headerSecret = matching('a text of printable ASCII characters, without spaces', (given) =>
  /^[\x21-\x7e]+$/.test(given.trim()),
);

/** EventBridge sends up to 512 characters. */
export const eventsSecrets = list(
  'one secret, or two separated by a comma, of 16 to 512 printable ASCII characters each, without spaces',
  (items) => items.length <= 2 && items.every((item) => /^[\x21-\x7e]{16,512}$/.test(item)),
);

const OWN_PATHS = ['/livez', '/readyz', '/metrics'];
export const pathLike = (example: string) =>
  matching(
    `a path such as ${example}, without . and .. as parts, other than / and ${OWN_PATHS.join(', ')}`,
    // Clients remove these parts of a URL before they send it.
    (given) => /^(\/(?!\.\.?(\/|$))[\w.~-]+)+$/.test(given) && !OWN_PATHS.includes(given),
  );

export const queueUrl = matchingUrl(
  'the URL of a queue, such as https://sqs.us-west-2.amazonaws.com/123456789012/ivs-events',
  (given) => {
    const url = urlOf(given, /^https?:$/);
    return (
      !!url && !url.username && !url.password && /^\/[^?#]*[^/?#]$/.test(url.href.slice(url.origin.length))
    );
  },
);
