// Ends the calls that are outstanding when their worlds are reset or restored: they would act in worlds that they do not
// know. The status is one that no SDK repeats, since the repetition would act there, too.
import { setMaxListeners } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { setTimeout } from 'node:timers/promises';
import { AwsError } from '../errors.ts';

export class InFlight {
  /** One per account, for all of its calls: to make one for each call takes longer than most calls. */
  #controllers = new Map<string, AbortController>();

  /** It aborts with the error that ends the call. */
  signalOf(account: string): AbortSignal {
    const known = this.#controllers.get(account);
    if (known) return known.signal;
    const controller = new AbortController();
    setMaxListeners(0, controller.signal);
    this.#controllers.set(account, controller);
    return controller.signal;
  }

  /** Of all accounts or one. */
  end(command: 'reset' | 'restore', account?: string): void {
    const accounts = account === undefined ? [...this.#controllers.keys()] : [account];
    for (const one of accounts) {
      this.#controllers.get(one)?.abort(ended(command, one));
      this.#controllers.delete(one);
    }
  }
}

const ended = (command: string, account: string) =>
  new AwsError(
    'EmulatorResetException',
    `The emulator carried out ${command} for account ${account} while this call was outstanding`,
    410,
  );

export async function pause(milliseconds = 0, signal?: AbortSignal): Promise<void> {
  if (milliseconds === 0) return;
  await setTimeout(milliseconds, undefined, { ref: false, ...(signal && { signal }) }).catch(() => {});
  signal?.throwIfAborted();
}

/** Until the client leaves. Rejects when the call is ended. */
export async function hang({ socket }: IncomingMessage, signal?: AbortSignal): Promise<void> {
  signal?.throwIfAborted();
  await new Promise<void>((resolve) => {
    const end = () => {
      signal?.removeEventListener('abort', end);
      socket.off('close', end);
      resolve();
    };
    signal?.addEventListener('abort', end);
    socket.once('close', end);
  });
  signal?.throwIfAborted();
}
