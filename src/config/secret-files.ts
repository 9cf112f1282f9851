// Secrets in files, as Docker, Kubernetes and systemd mount them: the environment of a process is visible to its children, to
// `docker inspect` and in crash reports. Each declared `NAME_FILE` is the path of a file with the value of `NAME`.
import { readFileSync, statSync } from 'node:fs';
import { shownUrl } from '../http/shown-url.ts';
import { ConfigError } from './config-error.ts';
import { environment } from './environment.ts';

/** Its value is a secret as a whole, and not shown. */
export const hasFile = (name: string): boolean => Object.hasOwn(environment, `${name}_FILE`);

/** The text of a variable: its own, or that of its file. */
export function secretText(name: string, env: Record<string, string | undefined>): string | undefined {
  const file = `${name}_FILE`;
  const path = hasFile(name) && env[file];
  if (!path) return env[name];
  if (env[name]) throw new ConfigError(`${file}: expected instead of ${name}, got both`);
  // Editors and `echo` end the file with a newline; some editors begin it with a byte order mark.
  const text = read(file, path).replace(/^\uFEFF|[\r\n]+$/g, '');
  // Taken as a variable that is not set, an empty METRICS_TOKEN would open /metrics.
  if (text === '')
    throw new ConfigError(`${file}: expected a file with a value, got ${path}, which is empty`);
  if (/[\r\n]/.test(text))
    throw new ConfigError(`${file}: expected a file with one line, got ${path}, which has several`);
  return text;
}

/** As it is if it is one; a URL that was meant for the variable without `_FILE`, without its password. */
const shownPath = (path: string): string => (/^(\.|\/(?!\/))/.test(path) ? path : shownUrl(path));

/** More than any secret. */
const MAX_BYTES = 64 * 1024;

function read(file: string, path: string): string {
  try {
    const status = statSync(path);
    // A device has no end.
    if (status.isCharacterDevice() || status.size > MAX_BYTES)
      throw Object.assign(new Error(), { code: `not a file of at most ${MAX_BYTES} bytes` });
    return readFileSync(path, 'utf8');
  } catch (error) {
    const { code = 'unknown' } = error as NodeJS.ErrnoException;
    throw new ConfigError(`${file}: expected a readable file, got ${shownPath(path)} (${code})`);
  }
}
