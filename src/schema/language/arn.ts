// The only place that takes an ARN apart. An ARN is user input: it is checked whole before anything is read off it.
import type { Context } from '../../context.ts';
import { ValidationError } from '../../upstream/errors.ts';

const ARN = /^arn:aws:ivs:([a-z0-9-]+):([0-9]+):([a-z-]+)\/([a-zA-Z0-9-]+)$/;
const MAX_LENGTH = 128;

export interface Arn {
  region: string;
  account: string;
  kind: string;
}

const matchArn = (arn: string) => (arn.length <= MAX_LENGTH ? ARN.exec(arn) : null);

export function parseArn(arn: string): Arn {
  const [, region, account, kind] = matchArn(arn) ?? [];
  if (!region || !account || !kind) {
    throw new ValidationError(
      `Expected an ARN like arn:aws:ivs:<region>:<account>:<type>/<id>, got: ${quote(arn)}`,
    );
  }
  return { region, account, kind };
}

/** Refuses an ARN of another kind of thing, which AWS would only answer with a riddle. */
export function checkArn(kind: string, arn: string): void {
  if (parseArn(arn).kind !== kind) {
    throw new ValidationError(
      `Expected an ARN like arn:aws:ivs:<region>:<account>:${kind}/<id>, got: ${quote(arn)}`,
    );
  }
}

export const regionOf = (arn: string): string => parseArn(arn).region;

/** The region that is asked for, or that of the thing which is named, or the gateway's own. */
export const chooseRegion = (
  region: string | null | undefined,
  arn: string | undefined,
  context: Context,
): string => region ?? (arn ? regionOf(arn) : context.defaultRegion);

/** The region that arguments, a mutation's `input` or a filter among them name: outright, or by the ARN of what they are about. */
export function regionNamed(args: Readonly<Record<string, unknown>>): string | undefined {
  const { input, filter, ...own } = args as Record<string, Record<string, unknown> | undefined>;
  const { region, arn, stageArn, sourceStageArn, channelArn, resourceArn } = { ...own, ...input };
  const filters = Object.entries(filter ?? {}).filter(([name]) => name.endsWith('Arn'));
  const candidates = [arn, stageArn, sourceStageArn, channelArn, resourceArn, filters[0]?.[1]];
  const found = candidates.find((value) => typeof value === 'string' && matchArn(value));
  return (region as string | undefined) ?? (found ? regionOf(found as string) : undefined);
}

/** What a client sent, safe to stand in a message. */
export const quote = (value: unknown): string => {
  if (typeof value === 'object' && value !== null) return Array.isArray(value) ? 'a list' : 'an object';
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 150 ? `${text.slice(0, 150)}…` : text;
};
