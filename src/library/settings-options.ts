// Options → the texts of the environment, which are checked as if a process had them.
import { closest } from 'fastest-levenshtein';
import { ConfigError, type Env } from '../config.ts';
import { inOptionNames, isOfProcess, optionName, variables } from './names.ts';

/** The environment that the options stand for. Rejects options that are not known, and values that have no text. */
export function environmentOf(options: Record<string, unknown>, others: readonly string[]): Env {
  const problems: string[] = [];
  const env: Env = {};
  for (const [name, value] of Object.entries(options)) {
    if (value === undefined || others.includes(name)) continue;
    const variable = variables.get(name);
    const text = variable && textOf(value);
    if (!variable) problems.push(unknownOption(name, [...variables.keys(), ...others]));
    else if (text === undefined) problems.push(withoutText(name, value));
    else env[variable] = text;
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

function unknownOption(name: string, known: readonly string[]): string {
  if (isOfProcess(name) || /^(https?|no)Proxy$|^otel[A-Z]/.test(name))
    return `${name}: expected an option, got a variable of the process. Set it in the environment`;
  const meant = optionName(name);
  const near = meant && known.includes(meant) ? meant : closest(name, known);
  return `${name}: expected the name of an option. Did you mean ${near}?`;
}

const withoutText = (name: string, value: unknown): string =>
  Array.isArray(value)
    ? `${name}: expected items without commas`
    : `${name}: expected a text, number, boolean, list or object, got ${value === null ? 'null' : `a ${typeof value}`}`;

function textOf(value: unknown): string | undefined {
  if (typeof value === 'string') return value;
  if (typeof value === 'number') return String(value);
  if (typeof value === 'boolean') return value ? 'on' : 'off';
  if (Array.isArray(value)) return listOf(value);
  if (typeof value !== 'object' || value === null) return undefined;
  const entries = Object.entries(value);
  const isNumbers = entries.every(([, item]) => typeof item === 'number');
  return isNumbers ? entries.map(([name, item]) => `${name}=${item}`).join() : JSON.stringify(value);
}

function listOf(items: readonly unknown[]): string | undefined {
  if (items.some((item) => typeof item === 'object')) return JSON.stringify(items);
  return items.some((item) => String(item).includes(',')) ? undefined : items.join();
}
