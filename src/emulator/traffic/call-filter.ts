// Which calls are meant.

import { checkMatch, isPartOf, type Match } from '../faults/match.ts';
import type { Fields } from '../inputs/members.ts';
import type { StoredCall } from './call.ts';

/** What is left out may be anything. */
export interface CallFilter {
  operation?: string | undefined;
  account?: string | undefined;
  region?: string | undefined;
  /** A part of the input. */
  match?: Match | undefined;
  /** Only calls that have their response. */
  status?: number | undefined;
  /** Calls of this time and later ones, by the clock of the emulator. */
  since?: string | undefined;
}

export const callFilterFields = {
  operation: 'operation?',
  account: 'account?',
  region: 'region?',
  match: 'object?',
  status: 'status?',
  since: 'time?',
} as const satisfies Fields;

/** Beyond the kinds of its members. */
export function checkCallFilter(command: string, { match, operation }: CallFilter): void {
  if (match) checkMatch(`${command}: match`, match, operation);
}

export const fitsCall = (filter: CallFilter, call: StoredCall): boolean =>
  (['operation', 'account', 'region'] as const).every(
    (name) => filter[name] === undefined || filter[name] === call[name],
  ) &&
  (filter.status === undefined || filter.status === call.ending?.status) &&
  (filter.since === undefined || call.time.getTime() >= Date.parse(filter.since)) &&
  (filter.match === undefined || isPartOf(filter.match, call.input));
