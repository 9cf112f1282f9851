// What the log says of a queue: each kind of failure once, until the step that failed goes well again.
import type { Logger } from 'pino';

const texts = {
  receive: ['the events queue cannot be read', 'the events queue is read again'],
  record: ['events of the queue cannot be recorded', 'events of the queue are recorded again'],
  remove: ['events cannot be deleted from the queue', 'events are deleted from the queue again'],
} as const;

type Step = keyof typeof texts;

/** As far as the error is one of AWS. */
interface Failure extends Error {
  code?: string;
  awsCode?: string;
  aws?: object;
}

export class QueueLog {
  readonly #log: Logger;
  /** The kinds that the log has, of each step. */
  readonly #known = { receive: new Set<string>(), record: new Set<string>(), remove: new Set<string>() };

  constructor(log: Logger) {
    this.#log = log;
  }

  /** Whether the step went well. What an aborted signal ends is not logged. */
  async of(step: Step, run: () => Promise<void>, signal?: AbortSignal): Promise<boolean> {
    try {
      await run();
      this.#succeeded(step);
      return true;
    } catch (error) {
      if (!signal?.aborted) this.#failed(step, error as Failure);
      return false;
    }
  }

  #failed(step: Step, error: Failure): void {
    const kind = error.awsCode ?? error.code ?? error.name;
    const known = this.#known[step];
    if (known.has(kind)) return;
    known.add(kind);
    const { code, aws, message, cause } = error;
    // AWS's own text says what the role lacks.
    const reason = (cause as Error | undefined)?.message || message;
    this.#log.warn({ code, aws, reason }, texts[step][0]);
  }

  #succeeded(step: Step): void {
    if (this.#known[step].size === 0) return;
    this.#known[step].clear();
    this.#log.info(texts[step][1]);
  }
}
