// The variables, read one by one; what is wrong with any of them is collected.

import { NOT_SHOWN } from '../http/shown-url.ts';
import { ConfigError } from './config-error.ts';
import { type Environment, environment } from './environment.ts';
import { hasFile } from './secret-files.ts';

export class Problems {
  readonly lines: string[] = [];
  readonly #wrong = new Set<string>();

  /** The value, or what holds without one. */
  read(name: keyof Environment, given: () => string | undefined) {
    return this.collect(() => readVariable(name, given()), name) ?? environment[name].default;
  }

  collect<Value>(check: () => Value, name?: string): Value | undefined {
    try {
      return check();
    } catch (error) {
      if (!(error instanceof ConfigError)) throw error;
      // Consequences of a wrong value are not reported.
      const names = (line: string) => line.match(/\b[A-Z][A-Z_]+\b/g) ?? [];
      this.lines.push(...error.problems.filter((line) => !names(line).some((one) => this.#wrong.has(one))));
      if (name) this.#wrong.add(name);
      return undefined;
    }
  }
}

/** An empty variable is one that is not set, as compose files and shells leave them. */
function readVariable(name: keyof Environment, given: string | undefined) {
  const { read, expected, show = JSON.stringify, default: otherwise } = environment[name];
  if (given === undefined || given === '') return otherwise;
  const value = read(given);
  if (value !== undefined) return value;
  const wanted = typeof expected === 'string' ? expected : expected(given);
  const got = hasFile(name) ? NOT_SHOWN : show(given);
  throw new ConfigError(`${name}: expected ${wanted}, got ${got}`);
}
