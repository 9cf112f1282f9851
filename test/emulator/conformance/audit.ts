// An audit is one rule of the wire with an id that stays: ids may be added, never changed or given anew.
import type { Operation } from '../../../src/emulator/model/model.ts';
import type { Target } from './target.ts';
import type { Input } from './wire.ts';

export interface Subject {
  operation: Operation;
  target: Target;
  /** An input that succeeds once its world is `ready`; refused ones are made of it. */
  sample: Input;
  /** Makes the world so that what is returned succeeds. */
  ready: () => Promise<Input>;
}

/**
 * What an audit asks of the account it runs against: an input that succeeds, the refusal of a bad input,
 * the refusal of a bad signature, or the demo world.
 */
type Needs = 'success' | 'refusal' | 'signature' | 'demo world';

export interface Audit {
  id: string;
  rule: string;
  needs: Needs;
  applies: (operation: Operation) => boolean;
  check: (subject: Subject) => Promise<void>;
}

interface Options {
  needs?: Needs;
  applies?: (operation: Operation) => boolean;
}

export const audit = (
  id: string,
  rule: string,
  check: Audit['check'],
  { needs = 'demo world', applies = () => true }: Options = {},
): Audit => ({ id, rule, needs, applies, check });

export const isRead = ({ name }: Pick<Operation, 'name'>) => /^(Get|List|BatchGet)/.test(name);
export const isPaged = ({ input }: Operation) => input.members.has('nextToken');
const requiresAnything = ({ input }: Operation) =>
  [...input.members.values()].some(({ required }) => required);

/**
 * Nothing may be made, changed or ended in a real account: what succeeds there is a read that names nothing, and
 * what is refused is a read or names something of the account 123456789012, so that it would come to nothing
 * even if it were not refused.
 */
export function isSafe({ needs }: Audit, operation: Operation): boolean {
  if (needs === 'success') return isRead(operation) && !requiresAnything(operation);
  if (needs === 'refusal') return isRead(operation) || requiresForeign(operation);
  return needs === 'signature';
}

const requiresForeign = ({ input }: Operation) =>
  [...input.members].some(([name, { required }]) => required && /^(arn|.*Arn)$/.test(name));

/** How an answer reads in a report: `400 ValidationException`. */
export const outcome = ({ status, type = '' }: { status: number; type?: string | undefined }) =>
  `${status} ${type}`.trim();

/** The same outcome for every case of an audit: what differs is what the report shows. */
export const all = <T>(cases: Iterable<string>, expected: T): Record<string, T> =>
  Object.fromEntries([...cases].map((name) => [name, expected]));
