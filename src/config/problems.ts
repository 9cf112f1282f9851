// The variables, read one by one; what is wrong with any of them is collected.
import { ConfigError } from './config-error.ts';
import { type Environment, environment } from './environment.ts';
import { mayHoldSecret } from './secret-files.ts';

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
  const { read, expected, default: otherwise } = environment[name];
  if (given === undefined || given === '') return otherwise;
  const value = read(given);
  if (value !== undefined) return value;
  // What cannot be read as a URL may hold a password all the same.
  const wanted = typeof expected === 'string' ? expected : expected(given);
  const got = mayHoldSecret(name) ? 'another text, not shown here' : JSON.stringify(given);
  throw new ConfigError(`${name}: expected ${wanted}, got ${got}`);
}
