// A file that is named .json must be JSON: YAML, which reads it, takes more. Other tools would refuse it.
import { Refused } from '../errors.ts';

export function requireJson(file: string, text: string): void {
  if (stateOf(text) === 'whole') return;
  const offset = offsetOfError(text);
  const lines = text.slice(0, offset).split('\n');
  const got = offset < text.length ? JSON.stringify(text.charAt(offset)) : 'the end of the file';
  throw new Refused(`${file}:${lines.length}:${(lines.at(-1)?.length ?? 0) + 1}: expected JSON, got ${got}`);
}

/** Not all messages of Node 20 have the position: the shortest beginning that nothing can complete ends with it. */
function offsetOfError(text: string): number {
  let [good, bad] = [0, text.length + 1];
  while (bad - good > 1) {
    const middle = Math.floor((good + bad) / 2);
    if (stateOf(text.slice(0, middle)) === 'wrong') bad = middle;
    else good = middle;
  }
  return good;
}

function stateOf(text: string): 'whole' | 'begun' | 'wrong' {
  try {
    JSON.parse(text);
    return 'whole';
  } catch (error) {
    const { message } = error as Error;
    const position = Number(/at position (\d+)/.exec(message)?.[1] ?? -1);
    return message.startsWith('Unexpected end') || position === text.length ? 'begun' : 'wrong';
  }
}
