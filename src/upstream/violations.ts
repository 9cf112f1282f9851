// The members of an input that AWS's message names. One ValidationException may name several.

export interface Violation {
  /** From the input to the member; positions in lists as text, from 0. Undefined where the message names none. */
  path: readonly string[] | undefined;
  message: string;
}

const INTRODUCTION = /^(\d+) validation errors? detected: /;
/** Of the next violation: `Value 'x' at '/name' …`, `name: …` or `a key of name: …`. */
const SEPARATOR = /; (?=Value\b[^;]* at '|(?:an? \w+ of )?[A-Za-z][\w.[\]]*: )/;
// Smithy's servers write '/a/0/b', older ones 'a.1.member.b'. Both quote the value, which may be anything, before it.
const AT = /^Value\b.* at '([\w./]+)' failed to satisfy constraint/s;
const NAMED = /^(?:an? \w+ of )?([A-Za-z][\w.[\]]*): /;

/** In AWS's order; none where the message is of the whole input. */
export function violationsIn(message: string): Violation[] {
  const count = Number(INTRODUCTION.exec(message)?.[1] ?? 0);
  // Rules about several members come alone and without the introduction.
  if (count === 0) return AT.test(message) || NAMED.test(message) ? [{ path: pathIn(message), message }] : [];
  const text = message.replace(INTRODUCTION, '');
  const parts = text.split(SEPARATOR);
  // A value may hold what looks like the next violation.
  const violations = parts.length > count ? [text] : parts;
  return violations.map((violation) => ({ path: pathIn(violation), message: violation }));
}

function pathIn(text: string): string[] | undefined {
  const path = AT.exec(text)?.[1] ?? NAMED.exec(text)?.[1];
  if (path === undefined) return undefined;
  if (path.startsWith('/')) return path.split('/').slice(1);
  return path
    .replace(/\.(\d+)\.member\b/g, (_whole, place) => `.${Number(place) - 1}`)
    .replace(/\[(\d+)\]/g, '.$1')
    .split('.');
}
