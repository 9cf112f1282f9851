// What a request may be at most. All of it is known before anything of the request runs.
import { createGraphQLError } from 'graphql-yoga';

/** What documents ask for stays far below (test/server/limits/limits.test.ts prints how far). */
export const defaultLimits = {
  /** Of the document, comments and white space included: what is wrong in it is looked for line by line. */
  characters: 100_000,
  /** Of the document: the place of each error is found by counting them. A formatted document of 1000 fields has 2000. */
  lines: 5000,
  /** Of the document: names, numbers, texts and signs. */
  tokens: 10_000,
  /** Brackets in brackets, in the document or in its variables. Parsers call themselves for each, and a stack ends. */
  nesting: 100,
  /** Of one object in the variables. No input has 50 members, and no operation declares more variables. */
  members: 200,
  /** In the variables, or in the extensions. A revocation of 25,000 has one for each. */
  containers: 50_000,
  fragments: 200,
  /** From here on with fragments spread: one that is spread twice counts twice. */
  depth: 20,
  fields: 1000,
  rootFields: 100,
  aliases: 200,
  directives: 50,
  /** That a response can hold when each list is as long as `first` allows. */
  values: 250_000,
  /**
   * Of AWS, for a world as full as the query can hold. Most worlds are not: 20 stages with browsers of up to 100 participants
   * each may take 2000 and take a few dozen. The deadline ends what is too slow; this refuses what is hopeless.
   */
  calls: 5000,
  /**
   * That a response can come in, with @defer and @stream. What waits for the next of them grows with their number, each
   * time anew.
   */
  parts: 2000,
  /** Requests in progress, of all callers and of one. A thousand equal ones are a good customer: they cost one. */
  requests: 2000,
  requestsPerCaller: 1000,
  /** Running subscriptions of one caller; LIVE_MAX_SUBSCRIPTIONS bounds those of all. Without authentication, a caller is an address. */
  subscriptionsPerCaller: 100,
  /** Requests that one caller may begin in a second. */
  perSecond: Number.POSITIVE_INFINITY,
};

export type Limits = typeof defaultLimits;
type DocumentLimit = Exclude<
  keyof Limits,
  | 'members'
  | 'containers'
  | 'values'
  | 'calls'
  | 'parts'
  | 'requests'
  | 'requestsPerCaller'
  | 'subscriptionsPerCaller'
  | 'perSecond'
>;

const explanations: Record<DocumentLimit, { what: string; advice: string }> = {
  characters: {
    what: 'characters',
    advice: 'Send long values as variables, or use several requests.',
  },
  lines: { what: 'lines', advice: 'Send it without empty lines.' },
  tokens: { what: 'tokens', advice: 'Send lists and long values as variables, or use several requests.' },
  nesting: {
    what: 'brackets inside each other',
    advice: 'Request the inner fields separately.',
  },
  fragments: { what: 'fragments', advice: 'Send only those that the operation spreads.' },
  depth: { what: 'levels of fields', advice: 'Request the inner fields separately.' },
  fields: { what: 'fields, each fragment counted where it is spread', advice: 'Use several requests.' },
  rootFields: { what: 'fields at the root', advice: 'Use several requests, or nodes(ids).' },
  aliases: { what: 'aliases', advice: 'Use several requests, or nodes(ids).' },
  directives: { what: 'directives', advice: 'Put @skip and @include on whole selections.' },
};

/** Refuses what exceeds a limit of the document. `got` is missing where the count stopped early. */
export function checkLimit(limits: Limits, name: DocumentLimit, got: number, isWhole = true): void {
  const max = limits[name];
  if (got <= max) return;
  const { what, advice } = explanations[name];
  const count = isWhole ? written(got) : `more than ${max}`;
  throw createGraphQLError(`Expected at most ${max} ${what}, got ${count}. ${advice}`, {
    extensions: {
      code: 'QUERY_TOO_COMPLEX',
      limit: { name, max, ...(isWhole && Number.isSafeInteger(got) && { got }) },
      http: { status: 400 },
    },
  });
}

const written = (count: number): string => (count < 1e9 ? String(count) : 'billions');
