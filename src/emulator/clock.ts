/** The emulator's only source of time, so that a test can own it. */
export interface Clock {
  now(): Date;
  /** Calls `tick` every so often until the returned function is called. Without it nothing moves by itself. */
  every?(milliseconds: number, tick: () => void): () => void;
}

export const systemClock: Clock = {
  now: () => new Date(),
  every(milliseconds, tick) {
    const timer = setInterval(tick, milliseconds);
    timer.unref();
    return () => clearInterval(timer);
  },
};
