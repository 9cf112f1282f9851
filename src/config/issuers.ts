// AUTH_ISSUERS: issuers as JSON, each with its rules. All problems are reported at once, each with its path.
import { bareUrl, shownUrl } from '../http/shown-url.ts';
import { KEYS_URL, keysUrl, scopePrefix } from './environment/values.ts';

/** Exactly one of `audience` and `clientId` is there. */
export interface IssuerSettings {
  /** As the claim `iss` names it. */
  issuer: string;
  jwksUri: string;
  /** The claim `aud` names one of them. */
  audience?: string[] | undefined;
  /** The claim `client_id` is one of them: for access tokens without `aud`, as Cognito's. */
  clientId?: string[] | undefined;
  /** Paths of claims, looked at in turn. */
  scopesClaim?: string[] | undefined;
  scopePrefix?: string | undefined;
}

export interface Issuers {
  issuers: IssuerSettings[];
  /** A line for each. With one, there are no issuers. */
  problems: string[];
}

export function parseIssuers(text: string): Issuers {
  const items = parse(text);
  if (!Array.isArray(items) || items.length === 0) {
    const got = items === undefined ? 'a text that is no JSON' : shown(items);
    return { issuers: [], problems: [`AUTH_ISSUERS: expected a JSON array of issuers, got ${got}`] };
  }
  const problems = items.flatMap((item, index) => {
    const path = `AUTH_ISSUERS[${index}]`;
    if (!isObject(item)) return [`${path}: expected an object, got ${shown(item)}`];
    const others = items.slice(0, index).filter(isObject);
    return [...wrongMembers(item, path), ...wrongTogether(item, path, others)];
  });
  return { issuers: problems.length > 0 ? [] : items.map(settingsOf), problems };
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Issuers and key sets are URLs, wherever in the JSON one stands. */
const shown = (value: unknown): string =>
  typeof value === 'string'
    ? shownUrl(value)
    : JSON.stringify(value, (_name, member) =>
        typeof member === 'string' ? (bareUrl(member) ?? '…') : member,
      );

type Given = { [Name in keyof IssuerSettings]?: unknown };

const isObject = (value: unknown): value is Given =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isText = (value: unknown): value is string => typeof value === 'string' && value.trim() !== '';
const isTexts = (value: unknown): boolean =>
  isText(value) || (Array.isArray(value) && value.length > 0 && value.every(isText));
const orNone = (isGood: (value: unknown) => boolean) => (value: unknown) =>
  value === undefined || isGood(value);

const TEXTS = 'a text or an array of texts';

export const EXPECTED = {
  issuer: 'the issuer, as the claim iss of its tokens names it',
  jwksUri: `the issuer's key set, ${KEYS_URL}`,
  audience: TEXTS,
  clientId: TEXTS,
  scopesClaim: TEXTS,
  scopePrefix: scopePrefix.expected,
};

const isGood: Record<keyof IssuerSettings, (value: unknown) => boolean> = {
  issuer: isText,
  jwksUri: (value) => isText(value) && keysUrl.read(value) !== undefined,
  audience: orNone(isTexts),
  clientId: orNone(isTexts),
  scopesClaim: orNone(isTexts),
  scopePrefix: orNone((value) => isText(value) && scopePrefix.read(value) !== undefined),
};
const NAMES = Object.keys(isGood) as (keyof IssuerSettings)[];

function wrongMembers(item: Given, path: string): string[] {
  const unknown = Object.keys(item).filter((name) => !Object.hasOwn(isGood, name));
  const wrong = NAMES.filter((name) => !isGood[name](item[name]));
  return [
    ...unknown.map((name) => `${path}: expected members among ${NAMES.join(', ')}, got ${name}`),
    ...wrong.map((name) => {
      const value = item[name];
      const got = value === undefined ? 'it is not there' : `got ${shown(value)}`;
      return `${path}.${name}: expected ${EXPECTED[name]}, ${got}`;
    }),
  ];
}

function wrongTogether({ issuer, audience, clientId }: Given, path: string, before: Given[]): string[] {
  const problems: string[] = [];
  if ((audience === undefined) === (clientId === undefined)) {
    const got = audience === undefined ? 'neither' : 'both';
    problems.push(`${path}: expected either audience or clientId, got ${got}`);
  }
  // Which rules hold for a token would depend on the order.
  if (isText(issuer) && before.some((other) => other.issuer === issuer))
    problems.push(`${path}.issuer: expected each issuer once, got ${shownUrl(issuer)} again`);
  return problems;
}

/** Of what was found good. */
function settingsOf({ jwksUri, audience, clientId, scopesClaim, ...item }: Given): IssuerSettings {
  const listOf = (value: unknown) => (value === undefined ? undefined : [value].flat());
  return {
    ...item,
    jwksUri: (jwksUri as string).trim(),
    audience: listOf(audience),
    clientId: listOf(clientId),
    // A text may name several, as in AUTH_SCOPES_CLAIM.
    scopesClaim: listOf(scopesClaim)?.flatMap((paths) => String(paths).split(/\s*,\s*/)),
  } as IssuerSettings;
}
