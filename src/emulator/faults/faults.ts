// The faults that wait for calls, and how often they struck.
import { randomInt } from 'node:crypto';
import { Random } from '../world/random.ts';
import { checkFault, type Fault, type FaultEffect } from './fault.ts';
import { type Entry, FaultList } from './fault-list.ts';
import { isPartOf } from './match.ts';

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
interface Waiting extends Entry {
  fault: Fault;
  random?: Random;
  /** How far the sequence is. */
  step: number;
}

const ODDS = 2 ** 31;

export class Faults {
  #list = new FaultList<Waiting>('fault', { add: 'addFault', remove: 'removeFault' });

  /** Returns its id, and what is possible but probably not meant. */
  add(given: Fault): { id: string; warnings: string[] } {
    const warnings = checkFault(given);
    const seed = given.probability === undefined ? undefined : (given.seed ?? randomInt(ODDS));
    const fault = seed === undefined ? given : { ...given, seed };
    const random = seed === undefined ? {} : { random: new Random(seed) };
    return { id: this.#list.add(fault, (entry) => ({ ...entry, fault, ...random, step: 0 })), warnings };
  }

  /** The oldest first, with those that are over: the last of them, until they are cleared. */
  list(account?: string): FaultSummary[] {
    return this.#list.list(account).map(summaryOf);
  }

  /** With an account, only one that names it. */
  remove(id: string, account?: string): void {
    this.#list.remove(id, account);
  }

  /** All, or only those of one account. */
  clear(account?: string): void {
    this.#list.clear(account);
  }

  /** The oldest fault that strikes this call. */
  strike(target: Target): Strike | undefined {
    for (const one of this.#list.waiting(target.account)) {
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
    if (leftOf(one) === 0) this.#list.end(one);
    return effect === 'pass' ? undefined : { id, effect };
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
