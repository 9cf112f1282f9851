// The SDK takes any JSON for a response: what is missing or of another shape would read as "there is nothing", which is
// false. So the members of a response are checked, down to the items of its lists.
import { type AwsCommand, operationOf } from '../operation.ts';
import { inputLimits } from '../services/input-limits.ts';
import { answerOf, LIST, MAP, membersOf, plain, type Raw, requiredOf, STRUCTURE } from './output-type.ts';

interface Shape {
  members: [name: string, isWell: (value: unknown) => boolean][];
  required: number;
}

const known = new WeakMap<object, Shape>();

/** What the body must have; undefined where AWS returns none. */
function shapeOf(command: AwsCommand): Shape | undefined {
  const type = answerOf(command);
  if (!Array.isArray(type)) return undefined;
  const shape = known.get(type) ?? readShape(type, operationOf(command).output);
  known.set(type, shape);
  return shape.members.length > 0 ? shape : undefined;
}

/** `wrapper`: the member that is the very resource that was read or made, and the only one. */
function readShape(type: readonly unknown[], wrapper: string | null): Shape {
  const members = membersOf(type).filter(([, member]) => !isHeader(member));
  return {
    members: members.map(([name, member]) => {
      if (name === TOKEN) return [name, isToken];
      return [name, name === wrapper ? isFilled : checkOf(member)];
    }),
    required: wrapper === null ? requiredOf(type) : 1,
  };
}

/** It comes back to AWS as input: one that could not be sent would look like a mistake of the client's. */
const TOKEN = 'nextToken';
const isToken = (value: unknown): boolean =>
  typeof value === 'string' && value.length <= (inputLimits[TOKEN]?.max ?? Number.POSITIVE_INFINITY);

/** Whether the body must be a JSON object. */
export const returnsBody = (command: AwsCommand): boolean => shapeOf(command) !== undefined;

/** Whether AWS has returned what the operation returns. */
export function isAnswer(command: AwsCommand, output: object): boolean {
  const { members = [], required = 0 } = shapeOf(command) ?? {};
  return members.every(([name, isWell], index) => {
    const value = (output as Record<string, unknown>)[name];
    return value === undefined || value === null ? index >= required : isWell(value);
  });
}

const isHeader = (raw: Raw): boolean =>
  Array.isArray(raw) &&
  raw.length === 2 &&
  typeof raw[1] === 'object' &&
  raw[1] !== null &&
  'httpHeader' in raw[1];

/** Bare numbers are simple types, of which 64 and 128 more make a list and a map. */
function kindOf(raw: Raw): number | undefined {
  const type = plain(raw);
  if (Array.isArray(type)) return type[0] as number;
  if (typeof type !== 'number') return undefined;
  if (type >= 128) return MAP;
  return type >= 64 ? LIST : undefined;
}

const isObject = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isFilled = (value: unknown): boolean => isObject(value) && Object.keys(value as object).length > 0;

/** AWS's pages have 100 items, the events of a stream 500, tags 50. Beyond it is no valid response, and work without bound. */
const MAX_ITEMS = 1000;

function checkOf(raw: Raw): (value: unknown) => boolean {
  const kind = kindOf(raw);
  if (kind === STRUCTURE) return isObject;
  if (kind === MAP) return (value) => isObject(value) && Object.keys(value as object).length <= MAX_ITEMS;
  if (kind !== LIST) return () => true;
  const isItem = itemCheckOf(plain(raw));
  return (value) => Array.isArray(value) && value.length <= MAX_ITEMS && value.every(isItem);
}

/** What identifies an item in a list of summaries. AWS's model allows it to be absent where it is part of the request. */
const KEYS = ['arn', 'participantId', 'sessionId', 'streamId'];

function itemCheckOf(list: Raw): (item: unknown) => boolean {
  const item = Array.isArray(list) ? plain(list[4] as Raw) : undefined;
  if (!Array.isArray(item) || item[0] !== STRUCTURE) return () => true;
  const members = membersOf(item);
  const isSummary = String(item[2]).endsWith('Summary');
  const key = isSummary ? KEYS.find((name) => members.some(([member]) => member === name)) : undefined;
  const sized = members.filter(([, member]) => [LIST, MAP].includes(kindOf(member) ?? STRUCTURE));
  const checks = sized.map(([name, member]) => [name, checkOf(member)] as const);
  return (value) => {
    if (!isObject(value)) return false;
    const given = value as Readonly<Record<string, unknown>>;
    if (key && !isName(given[key])) return false;
    return checks.every(([name, isWell]) => (given[name] ?? null) === null || isWell(given[name]));
  };
}

const isName = (value: unknown): boolean => typeof value === 'string' && value !== '';
