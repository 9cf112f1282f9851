// Which responses hold secrets, read off the schema that the SDK attaches to each command: a member that AWS adds later is
// known with the SDK that has it. Who did not select a secret gets none, so that the rest can be kept and shared.
import type { Call, Layer } from '../call.ts';
import type { AwsCommand } from '../operation.ts';
import { answerOf, LIST, MAP, membersOf, type Raw, STRING, STRUCTURE } from './output-type.ts';

/** Of traits that are written as a bit vector. */
const SENSITIVE = 8;

export const withoutSecrets: Layer = (next) => async (call) => {
  const answer = await next(call);
  return mustStrip(call) ? stripSecrets(call.command, answer) : answer;
};

/** A copy of the output of this command, without the members that AWS calls sensitive. */
export const stripSecrets = <Answer>(command: AwsCommand, answer: Answer): Answer =>
  strip(answerOf(command), answer) as Answer;

/** The output of a write is its caller's alone, and the only chance to learn a secret that was just made. */
const mustStrip = ({ operation, secrets, command }: Call): boolean =>
  operation.isRead && !secrets && returnsSecrets(command);

const known = new WeakMap<object, boolean>();

/** Whether the output of this command may hold a member that AWS calls sensitive. */
export function returnsSecrets(command: AwsCommand): boolean {
  const type = answerOf(command);
  if (typeof type !== 'object') return false;
  const answer = known.get(type) ?? holdsSecret(type, new Set());
  known.set(type, answer);
  return answer;
}

function holdsSecret(raw: Raw, seen: Set<unknown>): boolean {
  if (typeof raw === 'function') return holdsSecret(raw(), seen);
  if (!Array.isArray(raw) || seen.has(raw)) return false;
  seen.add(raw);
  return isSecret(raw) || partsOf(raw).some((part) => holdsSecret(part, seen));
}

/** A copy of `value`, which is of that type, without its secrets. */
function strip(raw: Raw, value: unknown): unknown {
  if (typeof raw === 'function') return strip(raw(), value);
  if (!Array.isArray(raw) || typeof value !== 'object' || value === null) return value;
  if (raw.length === 2) return strip(raw[0], value);
  const [kind] = raw;
  if (kind === LIST) return (value as unknown[]).map((item) => strip(raw[4], item));
  if (kind !== STRUCTURE) return value;
  const types = new Map(membersOf(raw));
  const plain = Object.entries(value).filter(([name]) => !isSecret(types.get(name)));
  return Object.fromEntries(plain.map(([name, member]) => [name, strip(types.get(name) ?? 0, member)]));
}

function partsOf(raw: readonly unknown[]): Raw[] {
  const [kind] = raw;
  if (raw.length === 2) return [kind as Raw];
  if (kind === STRING) return [];
  if (kind === LIST) return [raw[4] as Raw];
  if (kind === MAP) return [raw[4], raw[5]] as Raw[];
  if (kind === STRUCTURE) return raw[5] as Raw[];
  throw new TypeError(`Expected a type in the AWS SDK's encoding, got one of kind ${kind}`);
}

/** Whether AWS calls a member of this type sensitive. */
export function isSecret(raw: Raw | undefined): boolean {
  if (typeof raw === 'function') return isSecret(raw());
  if (!Array.isArray(raw)) return false;
  return raw.length === 2 ? isSensitive(raw[1]) || isSecret(raw[0]) : isSensitive(raw[3]);
}

const isSensitive = (traits: unknown): boolean =>
  typeof traits === 'number'
    ? (traits & SENSITIVE) !== 0
    : typeof traits === 'object' && traits !== null && 'sensitive' in traits;
