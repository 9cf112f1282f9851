// The only place that takes an ARN apart. An ARN is user input: it is checked whole before anything is read off it.
import { ValidationError } from './errors.ts';
import { namedByGlobalId, quote } from './quote.ts';
import { services } from './services/index.ts';

const arnServices = [...new Set(Object.values(services).map(({ arnService }) => arnService))];
const ARN = new RegExp(
  `^arn:aws:(${arnServices.join('|')}):([a-z0-9-]+):([0-9]+):([a-z-]+)/([a-zA-Z0-9-]+)$`,
);
const MAX_LENGTH = 128;

export interface Arn {
  service: string;
  region: string;
  account: string;
  kind: string;
}

/** Where a call goes. */
export interface Target {
  /** Undefined: the account of the gateway's own credentials. */
  account: string | undefined;
  region: string;
}

const match = (arn: string): Arn | undefined => partsOf(arn.length <= MAX_LENGTH ? ARN.exec(arn) : null);

function partsOf(match: RegExpExecArray | null): Arn | undefined {
  const [, service, region, account, kind] = match ?? [];
  return service && region && account && kind ? { service, region, account, kind } : undefined;
}

const notLike = (kind: string, arn: string): string => {
  const expected = `Expected an ARN like arn:aws:ivs:<region>:<account>:${kind}/<id>`;
  const advice = namedByGlobalId(arn)
    ? '. Pass the object’s `arn`: only node and nodes take global ids.'
    : '';
  return `${expected}, got: ${quote(arn)}${advice}`;
};

/** Throws a ValidationError for what is no ARN of IVS. */
export function parseArn(arn: string): Arn {
  const parts = match(arn);
  if (parts) return parts;
  throw ValidationError.of({ value: arn }, notLike('<type>', arn));
}

/** What is wrong with an ARN of that type, if anything. AWS's own message for another type is of no help. */
export function problemOfArn(kind: string, arn: string): string | undefined {
  return isArnOf(kind, arn) ? undefined : notLike(kind, arn);
}

export const isArnOf = (kind: string, arn: string): boolean => match(arn)?.kind === kind;

export function checkArn(kind: string, arn: string): void {
  const problem = problemOfArn(kind, arn);
  if (problem) throw ValidationError.of({ value: arn }, problem);
}

export const isArn = (value: unknown): value is string =>
  typeof value === 'string' && match(value) !== undefined;

/** Distinguishes targets. */
export const nameOfTarget = ({ account, region }: Target): string =>
  account === undefined ? region : `${account} ${region}`;

/** Where the resource of an ARN is. */
export function targetOf(arn: string): Target {
  const { account, region } = parseArn(arn);
  return { account, region };
}

/** Parts of an ARN from AWS, which is of any partition and not checked. */
export function readArn(arn: string): { region: string; account: string; id: string } {
  const [, , , region = '', account = '', ...rest] = arn.split(':');
  const resource = rest.join(':');
  return { region, account, id: resource.slice(resource.indexOf('/') + 1) };
}

/** Of any service: a pattern must not find its match in what only looks like an ARN. */
const ANY_ARN = /^arn:aws:([a-z0-9-]+):([a-z0-9-]+):([0-9]+):([a-zA-Z-]+)\/[a-zA-Z0-9_.-]+$/;
const MAX_ANY_LENGTH = 256;

/** The parts of an ARN of any service; undefined for what is none. */
export const partsOfArn = (arn: string): Arn | undefined =>
  partsOf(arn.length <= MAX_ANY_LENGTH ? ANY_ARN.exec(arn) : null);

/** What all ARNs of a kind in a region begin with. */
export const arnPrefix = ({ service, region, account, kind }: Arn): string =>
  `arn:aws:${service}:${region}:${account}:${kind}/`;

/** The account that a pattern of ARNs names, if it names one. */
export const accountInPattern = (pattern: string): string | undefined =>
  /^arn:[^:]*:[^:]*:[^:]*:([0-9]+):/.exec(pattern)?.[1];

/** Holds for every ARN, and for other texts too: enough where a text that is none does no harm. */
export const beginsLikeArn = (value: unknown): value is string =>
  typeof value === 'string' && value.startsWith('arn:');

/** Of any partition and service, short and without what could forge a line of a log. */
const LOGGABLE = /^arn:[a-z-]+:[a-z0-9-]+:[a-z0-9-]*:\d*:[\w/:.-]{1,128}$/;

/** Whether it may be written down as an ARN, be it right or not. */
export const isLoggableArn = (value: unknown): value is string =>
  typeof value === 'string' && LOGGABLE.test(value);

/** Without the full stop of a sentence that ends with it. */
const IN_TEXT = /arn:aws:[\w:/.-]*[\w-]/g;

export const replaceArnsIn = (text: string, replace: (arn: string) => string): string =>
  text.replace(IN_TEXT, (arn) => replace(arn));
