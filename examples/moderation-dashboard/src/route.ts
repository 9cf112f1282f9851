// Which page: the stages (`#/`), one stage (`#/stages/<arn>`), the streams (`#/streams`), or the viewers (`#/viewers`).
import { useSyncExternalStore } from 'react';

const subscribe = (change: () => void) => {
  addEventListener('hashchange', change);
  return () => removeEventListener('hashchange', change);
};

export const useRoute = (): string[] =>
  useSyncExternalStore(subscribe, () => location.hash)
    .replace(/^#\/?/, '')
    .split('/')
    .map(decode);

/** A truncated address leads to "not found", not to a broken page. */
function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

export const stageUrl = (arn: string): string => `#/stages/${encodeURIComponent(arn)}`;
