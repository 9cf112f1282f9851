// A source for one subscriber of an executor that knows nothing of shared sources.
import type { LiveMessage, LiveSource } from '../events/live-source.ts';

/** A reader that is slower for longer hears of a gap. */
const MAX_WAITING = 256;

/**
 * Closes the source when the subscriber leaves, also while it waits. A source has one: graphql 17.1 reads one iterator of an iterable
 * and closes another (findings/graphql-17-closes-another-iterator.sh).
 */
export function iterate<Message extends LiveMessage>(source: LiveSource<Message>): AsyncIterator<Message> {
  let waiting: Message[] = [];
  let wake: ((isOver?: boolean) => void) | undefined;
  let leave: (() => void) | undefined;
  let isOver = false;
  const begin = async () => {
    await source.ready();
    if (isOver || leave) return;
    const joined = source.join(source.after, (message) => {
      if (waiting.length >= MAX_WAITING) waiting = [...source.resume()];
      else waiting.push(message);
      wake?.();
    });
    leave = joined.leave;
    waiting.push(...joined.first);
  };
  const end = async () => {
    isOver = true;
    leave?.();
    source.close();
    wake?.();
    return { done: true, value: undefined } as const;
  };
  return {
    next: async () => {
      await begin();
      while (!isOver && waiting.length === 0) await new Promise<void>((resolve) => (wake = () => resolve()));
      const value = waiting.shift();
      return isOver || value === undefined ? { done: true, value: undefined } : { done: false, value };
    },
    return: end,
  };
}
