// How long calls will take that are not sent yet, at the rates and with the budgets of now.
import { nameOfTarget } from '../arn.ts';
import { originOf } from '../errors.ts';
import type { Account, Budget } from '../ledger.ts';
import type { Operation } from '../operation.ts';

/** Calls of one operation that can be sent at the same time. */
export interface PlannedCalls extends Account {
  calls: number;
  /** Those of a step wait for the results of the steps before it. */
  step: number;
  /** Only those that the deadline allows are made. */
  asTimeAllows?: boolean | undefined;
}

interface OperationForecast {
  service: Operation['service'];
  account?: string;
  region: string;
  operation: string;
  calls: number;
  /** Until its last call can start, counted from when the first one could. */
  waitMs: number;
  budget: Budget;
}

export interface Forecast {
  operations: OperationForecast[];
  calls: number;
  /** Operations of one step wait side by side, and steps one after the other. */
  waitMs: number;
}

export function forecast(planned: readonly PlannedCalls[], budgetOf: (account: Account) => Budget): Forecast {
  const operations = new Map<string, OperationForecast>();
  const waits: number[] = [];
  for (const { operation, target, calls, step } of [...planned].sort((a, b) => a.step - b.step)) {
    const key = `${nameOfTarget(target)} ${operation.service} ${operation.name}`;
    const of = operations.get(key) ?? {
      ...originOf(operation, target),
      calls: 0,
      waitMs: 0,
      budget: budgetOf({ operation, target }),
    };
    const before = of.waitMs;
    of.calls += calls;
    of.waitMs = waitFor(of.calls, of.budget);
    waits[step] = Math.max(waits[step] ?? 0, of.waitMs - before);
    operations.set(key, of);
  }
  return {
    operations: [...operations.values()],
    calls: sum([...operations.values()].map(({ calls }) => calls)),
    waitMs: sum(waits.filter((wait) => wait > 0)),
  };
}

const waitFor = (calls: number, { available, perSecond }: Budget): number =>
  Math.ceil((Math.max(0, calls - available) / perSecond) * 1000);

const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);
