// The vocabulary of constraints, and the shapes that both services share.
import type { ResourceKind } from '../identifiers.ts';

/** Bounds a string's length, a list's or map's size, a number's value. */
export interface Constraint {
  min?: number;
  max?: number;
  pattern?: RegExp;
  /** Of an ARN. */
  arnOf?: ResourceKind;
  oneOf?: readonly string[];
  /** Holds for each item of a list, or each value of a map. */
  each?: Constraint;
  /** Holds for each key of a map. */
  keys?: Constraint;
}

/** By structure, then member; what stands under `*` holds for that member wherever no structure says otherwise. */
export type Constraints = Record<string, Record<string, Constraint>>;

/** Filters of which a call may use one; more are refused with this error. */
export interface Exclusive {
  members: readonly string[];
  error: 'ValidationException' | 'ConflictException';
}

export const size = (min: number, max?: number, each?: Constraint): Constraint => ({
  min,
  ...(max !== undefined && { max }),
  ...(each && { each }),
});
export const range = (min: number, max?: number): Constraint => ({ min, ...(max !== undefined && { max }) });
export const length = (min: number, max: number): Constraint => ({ min, max });
export const matching = (pattern: RegExp, min: number, max: number): Constraint => ({ min, max, pattern });
export const oneOf = (values: Record<string, string>): Constraint => ({ oneOf: Object.values(values) });
/** An enum where the empty string means none. */
export const oneOfOrEmpty = (values: Record<string, string>): Constraint => ({
  oneOf: [...Object.values(values), ''],
});
export const each = (constraint: Constraint): Constraint => ({ each: constraint });

const arnPattern = (kind: ResourceKind) => `arn:aws:ivs:[a-z0-9-]+:[0-9]+:${kind}/[a-zA-Z0-9-]+`;
export const arn = (kind: ResourceKind): Constraint => ({
  ...matching(new RegExp(`^${arnPattern(kind)}$`), 1, 128),
  arnOf: kind,
});
/** An ARN where the empty string means none. */
export const arnOrEmpty = (kind: ResourceKind): Constraint => ({
  ...matching(new RegExp(`^$|^${arnPattern(kind)}$`), 0, 128),
  arnOf: kind,
});

export const resourceName = matching(/^[a-zA-Z0-9_-]*$/, 0, 128);
export const bucketName = matching(/^[a-z0-9.-]+$/, 3, 63);
/**
 * Any ARN of ours. AWS publishes a pattern for this shape that lacks a `+` and, taken literally, matches no ARN;
 * whether the kind exists is checked where the ARN is taken apart.
 */
export const anyArn = matching(/^arn:aws:ivs:[a-z0-9-]+:[0-9]+:[a-z-]+\/[a-zA-Z0-9-]+$/, 1, 128);

export const paging = {
  nextToken: matching(/^[a-zA-Z0-9+/=_-]*$/, 0, 1024),
  maxResults: range(1, 100),
};
