// Subscriptions of a page: one for each set of variables, and what can be said of all of them.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { Failure } from '../failure.ts';
import { type Follow, type Following, type FollowOptions, follow, type LiveMessage } from './follow.ts';

export interface Live {
  state: Following['state'];
  failure: Failure | undefined;
  /** When messages were last missed, and the state was read in their place. */
  gapAt: Date | undefined;
}
interface Handle<Variables> extends Live {
  /** Takes what a query has read, unless the subscription has said more. */
  takePolled: (variables: Variables, liveCursor: string | undefined, take: () => void) => void;
}

interface Options<Message, Variables> extends Pick<FollowOptions<Message, Variables>, 'query'> {
  each: readonly Variables[];
  hasState?: boolean;
  onMessage: (message: Message, variables: Variables) => void;
}

export function useLive<Message extends LiveMessage, Variables extends object>({
  query,
  each,
  hasState = true,
  onMessage,
}: Options<Message, Variables>): Handle<Variables> {
  const [states, setStates] = useState<Readonly<Record<string, Following>>>({});
  const [gapAt, setGapAt] = useState<Date>();
  const handle = useRef(onMessage);
  handle.current = onMessage;
  const begin = useCallback(
    (variables: Variables) => {
      const key = JSON.stringify(variables);
      return follow({
        ...{ query, variables, hasState },
        onMessage: (message: Message) => {
          if (message.__typename === 'LiveGap') setGapAt(new Date());
          handle.current(message, variables);
        },
        onChange: (following) => setStates((before) => changed(before, key, following)),
      });
    },
    [query, hasState],
  );
  const running = useEach(each, begin);
  return {
    ...summary(each.map((one) => states[JSON.stringify(one)])),
    gapAt,
    takePolled: (variables, liveCursor, take) => {
      const key = JSON.stringify(variables);
      if (states[key]?.state === 'live') return;
      if (liveCursor && running.get(key)?.continueAfter(liveCursor)) setGapAt(new Date());
      take();
    },
  };
}

/** Begins what is new and ends what is gone; what stays is left alone. */
function useEach<Item>(
  each: readonly Item[],
  begin: (item: Item) => Follow,
): ReadonlyMap<string, Pick<Follow, 'continueAfter'>> {
  const running = useRef(new Map<string, Follow>());
  useEffect(() => {
    const wanted = new Map(each.map((item) => [JSON.stringify(item), item]));
    for (const [key, follow] of running.current)
      if (!wanted.has(key)) {
        running.current.delete(key);
        follow.end();
      }
    for (const [key, item] of wanted) if (!running.current.has(key)) running.current.set(key, begin(item));
  });
  useEffect(() => {
    const all = running.current;
    return () => {
      for (const follow of all.values()) follow.end();
      all.clear();
    };
  }, []);
  return running.current;
}

/** Most messages change nothing here: then nothing is drawn again. */
const changed = (before: Readonly<Record<string, Following>>, key: string, now: Following) =>
  before[key]?.state === now.state ? before : { ...before, [key]: now };

/** The worst of them. */
function summary(all: readonly (Following | undefined)[]): Pick<Live, 'state' | 'failure'> {
  const states = all.map((one) => one ?? ({ state: 'connecting' } as const));
  for (const state of ['refused', 'reconnecting', 'connecting'] as const) {
    const found = states.find((one) => one.state === state);
    if (found) return { state, failure: found.state === 'refused' ? found.failure : undefined };
  }
  return { state: 'live', failure: undefined };
}
