// The rates that a call must keep. The published ones stand in the rows of services/; none of them can be raised by
// asking, but an account may have been given others.
import { nameOfTarget, type Target } from '../arn.ts';
import type { Operation } from '../operation.ts';

/** One rate that a call must keep, and the name of the bucket that counts it. */
export interface Limit {
  name: string;
  perSecond: number;
}

/** Rates that differ from the published ones, by operation; those of one account have its id in front: `210987654321:GetStage`. */
export type Rates = Readonly<Record<string, number>>;

export const rateOf = ({ name, rate }: Operation, { account }: Target, rates: Rates): number =>
  rates[`${account}:${name}`] ?? rates[name] ?? rate.perSecond;

/** All limits of one call, the widest last. */
export function limitsOf(operation: Operation, target: Target, input: object, rates: Rates = {}): Limit[] {
  const { service, name, ratePerResource } = operation;
  const bucket = `${nameOfTarget(target)} ${service} ${name}`;
  const account = { name: bucket, perSecond: rateOf(operation, target, rates) };
  if (!ratePerResource) return [account];
  const resource = (input as Record<string, unknown>)[ratePerResource.member];
  return [{ name: `${bucket} ${resource}`, perSecond: ratePerResource.perSecond }, account];
}
