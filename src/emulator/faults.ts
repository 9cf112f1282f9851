// The faults that wait for calls, and how often they struck.
import { randomInt } from 'node:crypto';
import { Refused } from './errors.ts';
import { checkFault, type Fault, type FaultEffect } from './fault.ts';
import { isPartOf } from './match.ts';
import { Random } from './random.ts';

export interface FaultSummary extends Omit<Fault, 'match'> {
  id: string;
  match?: Fault['match'] | 'a function';
  /** How many calls it struck. */
  struck: number;
  /** How many more calls it can strike, or are left of its sequence; absent without an end. */
  left?: number;
}
/** A fault that strikes a call. */
export interface Strike {
  id: string;
  effect: FaultEffect;
}
/** What is struck. */
interface Target {
  operation: string;
  account: string;
  region: string;
  input: Record<string, unknown>;
}
interface Waiting {
  id: string;
  order: number;
  fault: Fault;
  random?: Random;
  struck: number;
  /** How far the sequence is. */
  step: number;
}

/** Of one account, and of those for all. */
const MOST = 100;
const ODDS = 2 ** 31;

export class Faults {
  /** By account; those for all accounts have the key `*`. */
  #waiting = new Map<string, Waiting[]>();
  #over = new Map<string, Waiting[]>();
  #count = 0;

  /** Returns its id, and what is possible but probably not meant. */
  add(given: Fault): { id: string; warnings: string[] } {
    const warnings = checkFault(given);
    const key = given.account ?? '*';
    const waiting = this.#waiting.get(key) ?? [];
    if (waiting.length >= MOST)
      throw new Refused(`addFault: expected at most ${MOST} faults at a time, got one more`);
    const seed = given.probability === undefined ? undefined : (given.seed ?? randomInt(ODDS));
    const fault = seed === undefined ? given : { ...given, seed };
    this.#count += 1;
    const id = `fault-${this.#count}`;
    const random = seed === undefined ? {} : { random: new Random(seed) };
    waiting.push({ id, order: this.#count, fault, ...random, struck: 0, step: 0 });
    this.#waiting.set(key, waiting);
    return { id, warnings };
  }

  /** The oldest first, with those that are over: the last of them, until they are cleared. */
  list(account?: string): FaultSummary[] {
    return [...this.#of(this.#over, account), ...this.#of(this.#waiting, account)]
      .sort((one, other) => one.order - other.order)
      .map(summaryOf);
  }

  /** With an account, only one that names it. */
  remove(id: string, account?: string): void {
    const ids = this.list(account).map((one) => one.id);
    for (const faults of [this.#waiting, this.#over])
      for (const list of faults.values()) {
        const index = ids.includes(id) ? list.findIndex((one) => one.id === id) : -1;
        if (index >= 0) return void list.splice(index, 1);
      }
    throw new Refused(
      `removeFault: id: expected the id of a fault (there are: ${ids.join(', ') || 'none'}), got ${JSON.stringify(id)}`,
    );
  }

  /** All, or only those of one account. */
  clear(account?: string): void {
    for (const faults of [this.#waiting, this.#over])
      if (account === undefined) faults.clear();
      else faults.delete(account);
  }

  /** The oldest fault that strikes this call. */
  strike(target: Target): Strike | undefined {
    if (this.#waiting.size === 0) return undefined;
    const candidates = [...(this.#waiting.get('*') ?? []), ...(this.#waiting.get(target.account) ?? [])];
    candidates.sort((one, other) => one.order - other.order);
    for (const one of candidates) {
      if (!fits(one.fault, target) || !isStruckByChance(one)) continue;
      return this.#use(one);
    }
    return undefined;
  }

  /** One call less of it from now on. */
  #use(one: Waiting): Strike | undefined {
    const { fault, id } = one;
    const effect = fault.sequence ? (fault.sequence[one.step] ?? 'pass') : fault;
    one.step += 1;
    if (effect !== 'pass') one.struck += 1;
    if (leftOf(one) === 0) this.#end(one);
    return effect === 'pass' ? undefined : { id, effect };
  }

  #end(one: Waiting): void {
    const key = one.fault.account ?? '*';
    const waiting = this.#waiting.get(key)?.filter((other) => other !== one) ?? [];
    if (waiting.length > 0) this.#waiting.set(key, waiting);
    else this.#waiting.delete(key);
    this.#over.set(key, [...(this.#over.get(key) ?? []), one].slice(-MOST));
  }

  #of(faults: ReadonlyMap<string, Waiting[]>, account?: string): Waiting[] {
    return account === undefined ? [...faults.values()].flat() : (faults.get(account) ?? []);
  }
}

const leftOf = ({ fault: { sequence, times }, step, struck }: Waiting): number | undefined =>
  sequence ? sequence.length - step : times === undefined ? undefined : times - struck;

function summaryOf(one: Waiting): FaultSummary {
  const { match, ...fault } = one.fault;
  const left = leftOf(one);
  return {
    id: one.id,
    ...fault,
    ...(match !== undefined && { match: typeof match === 'function' ? 'a function' : match }),
    struck: one.struck,
    ...(left !== undefined && { left }),
  };
}

function fits({ operation, region, match }: Fault, target: Target): boolean {
  if (operation !== '*' && operation !== target.operation) return false;
  if (region !== undefined && region !== target.region) return false;
  if (match === undefined) return true;
  return typeof match === 'function' ? match(target.input) : isPartOf(match, target.input);
}

/** Draws once for each call that the fault fits, so that the same calls are struck again. */
const isStruckByChance = ({ fault: { probability }, random }: Waiting): boolean =>
  probability === undefined || !random || random.below(ODDS) < probability * ODDS;
