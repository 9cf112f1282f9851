// The listener's bounds watch a response until it is closed. A response that lasts for hours has bounds of its own: these
// would look at it again and again, and hold memory for it.
import type { ServerResponse } from 'node:http';

type End = (isReleased: boolean) => void;
const ends = new WeakMap<ServerResponse, End[]>();

/** Calls `end` when the response is closed or released. */
export function untilEnd(response: ServerResponse, end: End): void {
  const those = ends.get(response);
  if (those) those.push(end);
  else {
    ends.set(response, [end]);
    response.on('close', () => finish(response, false));
  }
}

/** Its connection closes with it. */
export const release = (response: ServerResponse): void => finish(response, true);

function finish(response: ServerResponse, isReleased: boolean): void {
  const those = ends.get(response) ?? [];
  ends.delete(response);
  for (const end of those) end(isReleased);
}
