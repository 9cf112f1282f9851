// What options are that have no text: objects and functions of the host. Their values are not shown, since they can be secret.
import type { AwsOptions, PinoLike } from './api.ts';

/** Of any realm, as test runners have several. Not a Map, a list or a promise. */
export const isObject = (value: unknown): value is Record<string, unknown> =>
  Object.prototype.toString.call(value) === '[object Object]';

export function kindOf(value: unknown): string {
  if (value === null || value === undefined || typeof value === 'boolean') return String(value);
  if (Array.isArray(value)) return 'a list';
  const type = typeof value === 'string' ? 'text' : typeof value;
  if (type !== 'object') return `a ${type}`;
  return isObject(value) ? 'an object' : `a ${Object.prototype.toString.call(value).slice(8, -1)}`;
}

interface Shape {
  expected: string;
  /** What is missing of it; undefined for what fits. */
  problem: (value: unknown) => string | undefined;
}

const missingIn = (value: unknown, type: string, names: readonly string[]): string | undefined => {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return kindOf(value);
  const missing = names.find((name) => typeof (value as Record<string, unknown>)[name] !== type);
  return missing && `${kindOf(value)} without ${missing}`;
};

const isFunction = (value: unknown): boolean => typeof value === 'function';

export const shapes: Record<keyof AwsOptions | 'logger', Shape> = {
  credentials: {
    expected: 'an object with accessKeyId and secretAccessKey, or a function that returns a promise of one',
    problem: (value) =>
      isFunction(value) ? undefined : missingIn(value, 'string', ['accessKeyId', 'secretAccessKey']),
  },
  awsClient: {
    expected: 'a function that returns an SDK client',
    problem: (value) => (isFunction(value) ? undefined : kindOf(value)),
  },
  logger: {
    expected: 'an object with the functions error, warn and info, such as a logger of pino',
    problem: (value) => missingIn(value, 'function', ['error', 'warn', 'info'] satisfies (keyof PinoLike)[]),
  },
};

export function problemOfShape(name: string, value: unknown): string | undefined {
  const shape = Object.hasOwn(shapes, name) ? shapes[name as keyof typeof shapes] : undefined;
  const got = shape?.problem(value);
  return got && `expected ${shape?.expected}, got ${got}`;
}
