import { type Caller, type Scope, scopes } from '../../src/context.ts';

let count = 0;

/** Somebody with all scopes and no bounds, but for what is said of him. */
export const callerWith = (
  granted: readonly Scope[] = scopes,
  rest: Partial<Omit<Caller, 'subject' | 'scopes'>> = {},
): Caller => {
  count += 1;
  return { subject: `caller-${count}`, scopes: new Set(granted), ...rest };
};

export const boundedTo = (...resources: string[]): Caller => callerWith(scopes, { resources });
