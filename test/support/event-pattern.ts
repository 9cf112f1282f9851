// Whether EventBridge would send an event to the targets of a rule, as far as the patterns in deploy/ need it:
// https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html

type Json = Record<string, unknown>;
export type EventPattern = Json;

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** All members of the pattern must match; a list in the event matches if one of its values does. */
export function matches(pattern: EventPattern, event: unknown): boolean {
  if (!isObject(event)) return false;
  return Object.entries(pattern).every(([name, expected]) => {
    if (isObject(expected)) return matches(expected, event[name]);
    if (!Array.isArray(expected)) throw new TypeError(`${name}: expected an object or a list in a pattern`);
    const values = [event[name]].flat();
    return expected.some((one) => values.some((value) => matchesValue(one, value)));
  });
}

function matchesValue(expected: unknown, value: unknown): boolean {
  if (!isObject(expected)) return expected === value;
  const [[operator, operand] = [], ...more] = Object.entries(expected);
  if (operator !== 'anything-but' || more.length > 0)
    throw new TypeError(`Expected anything-but, got ${JSON.stringify(expected)}: it is not implemented here`);
  // A member that is absent is not anything.
  return value !== undefined && !excludes(operand, String(value));
}

function excludes(operand: unknown, value: string): boolean {
  if (!isObject(operand)) return [operand].flat().includes(value);
  if (!('prefix' in operand)) throw new TypeError(`Expected a prefix, got ${JSON.stringify(operand)}`);
  return [operand.prefix].flat().some((prefix) => value.startsWith(String(prefix)));
}
