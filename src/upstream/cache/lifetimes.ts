// How long an answer of AWS may be given again, as the rows of services/ say.
import type { Operation } from '../operation.ts';
import type { Lifetime } from '../services/facts.ts';

export type { Lifetime } from '../services/facts.ts';

export type LifetimeOf = (operation: Operation, answer: unknown) => Lifetime | undefined;

export const lifetimeOf: LifetimeOf = (operation, answer) => {
  if (!operation.isRead) return undefined;
  const { lifetime } = operation;
  return typeof lifetime === 'function' ? lifetime(answer) : lifetime;
};
