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
    .filter((name) => env[name] && !names.includes(name))
    .flatMap((name) => {
      const hint = hintFor(name, names);
      return hint ? [`${name} is not a setting and has no effect. ${hint}`] : [];
    });
}

function hintFor(name: string, names: readonly string[]): string | undefined {
  const upper = name.toUpperCase();
  const whole = upper.replace(/_FILE$/, '');
  if (whole !== upper && names.includes(whole)) {
    const files = names.filter((one) => one.endsWith('_FILE')).join(', ');
    return `Set ${whole} itself: these can be files: ${files}`;
  }
  if (OTHERS.test(name)) return undefined;
  const meant = closest(upper, names);
  return distance(upper, meant) <= slipsIn(meant) ? `Did you mean ${meant}?` : undefined;
}
