// The only place that takes an ARN apart. An ARN is user input: it is checked whole before anything is read off it.
import { ValidationError } from './errors.ts';
import { quote } from './quote.ts';

const ARN = /^arn:aws:ivs:([a-z0-9-]+):([0-9]+):([a-z-]+)\/([a-zA-Z0-9-]+)$/;
const MAX_LENGTH = 128;

export interface Arn {
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
  const [, region, account, kind] = match ?? [];
  return region && account && kind ? { region, account, kind } : undefined;
}

/** Throws a ValidationError for what is no ARN of IVS. */
export function parseArn(arn: string): Arn {
  const parts = match(arn);
  if (parts) return parts;
  throw new ValidationError(
    `Expected an ARN like arn:aws:ivs:<region>:<account>:<type>/<id>, got: ${quote(arn)}`,
  );
}

/** Refuses an ARN of another type, which AWS would only answer with a riddle. */
export function checkArn(kind: string, arn: string): void {
  if (parseArn(arn).kind !== kind) {
    throw new ValidationError(
      `Expected an ARN like arn:aws:ivs:<region>:<account>:${kind}/<id>, got: ${quote(arn)}`,
    );
  }
}

export const isArn = (value: unknown): value is string =>
  typeof value === 'string' && match(value) !== undefined;

export const regionOf = (arn: string): string => parseArn(arn).region;

/** Tells targets apart. One account is served, that of the gateway's credentials, so the region is enough. */
export const nameOfTarget = ({ region }: Target): string => region;

/** Where the resource of an ARN is. */
export function targetOf(arn: string): Target {
  const { account, region } = parseArn(arn);
  return { account, region };
}

/** Of any service: a pattern must not find its match in what only looks like an ARN. */
const ANY_ARN = /^arn:aws:[a-z0-9-]+:([a-z0-9-]+):([0-9]+):([a-zA-Z-]+)\/[a-zA-Z0-9_.-]+$/;
const MAX_ANY_LENGTH = 256;

/** The parts of an ARN of any service; undefined for what is none. */
export const partsOfArn = (arn: string): Arn | undefined =>
  partsOf(arn.length <= MAX_ANY_LENGTH ? ANY_ARN.exec(arn) : null);
