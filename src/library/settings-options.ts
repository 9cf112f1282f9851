// Options → the texts of the environment, which are checked as if a process had them.
import { closest } from 'fastest-levenshtein';
import { ConfigError, type Env } from '../config/config.ts';
import { type Environment, environment } from '../config/environment.ts';
import { camelCase, inOptionNames, isOfProcess, variables } from './names.ts';
import { isObject, kindOf, problemOfShape, shapes } from './shapes.ts';

/** The environment that the options stand for. Rejects options that are not known, and values of another shape. */
export function environmentOf(options: unknown): Env {
  if (!isObject(options)) throw new ConfigError(`options: expected an object, got ${kindOf(options)}`);
  const problems: string[] = [];
  const env: Env = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined) continue;
    const variable = variables.get(name);
    const problem = variable ? problemOfValue(variable, value) : problemOfOther(name, value);
    if (problem) problems.push(`${name}: ${problem}`);
    else if (variable) env[variable] = textOf(value);
  }
  if (problems.length > 0) throw new ConfigError(...problems);
  return env;
}

/** Runs what checks settings, and reports its problems in the names of options. */
export async function inTermsOfOptions<Value>(check: () => Promise<Value>): Promise<Value> {
  try {
    return await check();
  } catch (error) {
    throw error instanceof ConfigError ? new ConfigError(...error.problems.map(inOptionNames)) : error;
  }
}

const others = Object.keys(shapes);

const problemOfOther = (name: string, value: unknown): string | undefined =>
  others.includes(name) ? problemOfShape(name, value) : unknownOption(name);

/** Options by their names, and by those that they would have as variables: GRAPHQL_PATH is `path`, not `graphqlPath`. */
const known = new Map([
  ...[...variables].map(([name, variable]) => [camelCase(variable), name] as const),
  ...[...variables.keys(), ...others].map((name) => [name, name] as const),
]);

function unknownOption(name: string): string {
  if (isOfProcess(name) || /^(https?|no)Proxy$|^otel[A-Z]/.test(name))
    return 'expected an option, got a variable of the process. Set it in the environment';
  const near = known.get(closest(/^[A-Z_]+$/.test(name) ? camelCase(name) : name, [...known.keys()]));
  return `expected the name of an option. Did you mean ${near}?`;
}

const ofNumbers: readonly string[] = ['LIMITS', 'IVS_CALL_RATES'] satisfies (keyof Environment)[];

/** What no text stands for. The rest is checked as the text of the variable. */
function problemOfValue(variable: keyof Environment, value: unknown): string | undefined {
  const wanted = environment[variable].expected;
  const refused = () => `expected ${typeof wanted === 'string' ? wanted : wanted('')}, got ${kindOf(value)}`;
  if (typeof value === 'string' || typeof value === 'number') return undefined;
  if (typeof value === 'boolean') return wanted === ON_OR_OFF ? undefined : refused();
  if (Array.isArray(value)) return problemOfList(variable, value);
  return isObject(value) && ofNumbers.includes(variable) ? problemOfJson(value) : refused();
}

const ON_OR_OFF = environment.INTROSPECTION.expected;

function problemOfList(variable: keyof Environment, items: readonly unknown[]): string | undefined {
  if (variable === 'AUTH_ISSUERS') return problemOfJson(items);
  const other = items.findIndex((item) => typeof item !== 'string' && typeof item !== 'number');
  if (other >= 0) return `expected items that are texts, got ${kindOf(items[other])}`;
  return items.some((item) => String(item).includes(',')) ? 'expected items without commas' : undefined;
}

function problemOfJson(value: unknown): string | undefined {
  try {
    JSON.stringify(value);
    return undefined;
  } catch {
    return 'expected what JSON can hold, got an object that contains itself, or a bigint';
  }
}

function textOf(value: unknown): string {
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value))
    return value.some((item) => typeof item === 'object') ? JSON.stringify(value) : value.join();
  if (!isObject(value)) return String(value);
  const entries = Object.entries(value);
  const isNumbers = entries.every(([, item]) => typeof item === 'number');
  return isNumbers ? entries.map(([name, item]) => `${name}=${item}`).join() : JSON.stringify(value);
}
