// Tells of each attempt at AWS how it ended, for whoever watches the gateway.
import type { Layer } from './call.ts';
import type { Clock } from './clock.ts';
import { ThrottledError } from './errors.ts';
import type { Account } from './ledger.ts';

type Outcome = 'ok' | 'throttled' | 'error';
/** `seconds`: how long AWS took, without any wait for quota. */
export type Observer = (account: Account, outcome: Outcome, seconds: number) => void;

export const observed =
  (clock: Clock, observe: Observer): Layer =>
  (next) =>
  async (call) => {
    const began = clock.now();
    const tell = (outcome: Outcome) => observe(call, outcome, (clock.now() - began) / 1000);
    try {
      const answer = await next(call);
      tell('ok');
      return answer;
    } catch (error) {
      tell(error instanceof ThrottledError ? 'throttled' : 'error');
      throw error;
    }
  };
