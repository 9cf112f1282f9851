// Requests that have no response yet, or one that is still being sent.
export class InFlight {
  #count = 0;
  #onIdle: (() => void) | undefined;

  /** Returns what ends it, once. */
  begin(): () => void {
    this.#count += 1;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#count -= 1;
      if (this.#count === 0) this.#onIdle?.();
    };
  }

  /** Resolves when there is none, but after `timeoutMs` in any case. */
  idle(timeoutMs: number): Promise<void> {
    if (this.#count === 0) return Promise.resolve();
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, timeoutMs);
      this.#onIdle = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  }
}
