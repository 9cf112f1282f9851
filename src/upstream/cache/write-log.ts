// The writes of this gateway: those who listen for changes hear of them before AWS says so.

import type { Layer } from '../call.ts';
import type { Write } from '../changes.ts';
import { tagsOfWrite } from './tags.ts';

export function createWriteLog() {
  const listeners: ((write: Write) => void)[] = [];
  const layer: Layer = (next) => async (call) => {
    const answer = await next(call);
    const { operation, command } = call;
    if (operation.isRead || listeners.length === 0) return answer;
    const { requestId } = (answer as { $metadata?: { requestId?: string } }).$metadata ?? {};
    const tags = tagsOfWrite(call, answer);
    if (requestId === undefined || tags.size === 0) return answer;
    const write = { operation: operation.name, requestId, input: command.input, tags, at: Date.now() };
    for (const listener of listeners) listener(write);
    return answer;
  };
  return { layer, listen: (listener: (write: Write) => void) => void listeners.push(listener) };
}
