// What a field costs in AWS calls, declared by the field itself in its extensions; `estimate.ts` adds it up.
// Undeclared costs follow from its type: a field that leads to an entity loads as much of it as is selected.
import type { Target } from '../../upstream/arn.ts';
import type { Operation, OperationName } from '../../upstream/operation.ts';

/** How much of an entity a field needs: its key alone, what a list returns, or what only Get* returns. */
export type Level = 'key' | 'summary' | 'detail';

/** An operation that lists. */
export interface List {
  operation: OperationName;
  /** AWS's largest `maxResults` for it. */
  pageMax: number;
}

/** An operation that reads many entities by key. */
export interface Batch {
  operation: OperationName;
  /** The most keys that AWS takes in one call. */
  size: number;
}

/** The arguments of a field; a payload's fields also see those of their mutation. */
export type Arguments = Readonly<Record<string, unknown>>;

/** Calls that are made whatever is selected. */
export interface CallCount {
  operation: OperationName;
  /** Where both services have the operation. */
  service?: Operation['service'];
  /** When not given, that of the field. */
  target?: Target;
  calls?: number;
  /** It makes as many of them as the deadline allows, and returns what it left: never too many to begin. */
  asTimeAllows?: true;
}

/** An entity by its key, which has not been checked. */
export interface Reference {
  typeName: string;
  key: Record<string, string>;
}

export interface FieldCosts {
  /** How much it needs of the entity that it stands on, or that its object is a part of. */
  level?: Level;
  /** The list that it returns. */
  list?: List;
  /** It checks whether its entity exists even when only key fields are selected. */
  checksExistence?: true;
  /** Each has a call of its own, and so comes by itself. */
  unbatched?: true;
  /** AWS's output of the mutation has the details. */
  returnsDetail?: true;
  /** What lists return of it is known. */
  returnsSummary?: true;
  /** The object is a child of the one that the field stands on: its key has the same beginning. So it is with a `list` and `checksExistence`. */
  isChild?: true;
  /** It leads back to what it was reached through, where it was. */
  toParent?: true;
  /** What it has to look up first. */
  requires?: string;
  /** The field, without arguments, on the same type that leads to what it requires: one look-up serves both. */
  requiresAs?: string;
  /** A list that is read until it has the entity, if no list has: a page of it is counted. */
  scans?: List;
  /** A list of which it reads pages for each of its objects, at most so many. */
  reads?: (args: Arguments) => { list: List; pages: number };
  /** Pages of its own list that it may read besides, where the gateway filters the items. */
  extraPages?: (args: Arguments) => number;
  /** It works through the lists in its arguments in slices, so that an item delays no other request. */
  inSlices?: true;
  /** AWS's limit for an array of it. */
  maxItems?: number;
  /** Its list is at most as long as those in the arguments of its mutation. */
  perItem?: true;
  /** How long its list is at most, where AWS says so and the list comes whole. */
  maxLength?: number;
  /** Calls that it makes by itself. */
  calls?: (args: Arguments) => readonly CallCount[];
  /** The entities that its arguments name. */
  references?: (args: Arguments) => readonly Reference[];
}

/** Options of a field that returns a connection. */
export const listed = (list: List, description: string, more: FieldCosts = {}) => ({
  description: `${description} Call: ${list.operation}, one per ${list.pageMax} items.`,
  extensions: { list, ...more } satisfies FieldCosts,
});

/** Declares costs of a field beyond its other options. */
export const costs = (said: FieldCosts) => ({ extensions: { ...said } });
