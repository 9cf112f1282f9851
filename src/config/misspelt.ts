// Variables that nothing reads, and that are nearly called like one that is.
import { closest, distance } from 'fastest-levenshtein';
import { environment } from './environment.ts';

/** Others' names that are near one of ours by nature, those of OpenTelemetry's SDK, and proxies, which are also written in lower case. */
const OTHERS = /^(AWS_ENDPOINT_URL_\w+|(HTTPS?|ALL|NO)_PROXY|OTEL_\w+)$/i;
/** Two letters of a long name are a slip; of a short one, another name: HOME is not HOST. */
const slipsIn = ({ length }: string): number => (length < 5 ? 0 : length < 8 ? 1 : 2);

/** Of variables that nothing reads, and that are nearly called like one that is, a line each. */
export function misspelt(env: Record<string, string | undefined>): string[] {
  const names = Object.keys(environment);
  return Object.keys(env)
    .filter((name) => env[name] && !names.includes(name) && !OTHERS.test(name))
    .map((name) => ({ name, meant: closest(name.toUpperCase(), names) }))
    .filter(({ name, meant }) => distance(name.toUpperCase(), meant) <= slipsIn(meant))
    .map(({ name, meant }) => `${name} is not a setting and has no effect. Did you mean ${meant}?`);
}
