// The log of a host application. Lines pass our own log first, which redacts secrets and writes errors out.
import type { Logger } from 'pino';
import { createLog } from '../server/log.ts';
import type { PinoLike } from './api.ts';

const LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
type Level = Exclude<(typeof LEVELS)[number], 'silent'>;

/** `level`: the setting, where it was given. */
export function logTo(logger: PinoLike, level: string | undefined): Promise<Logger> {
  const known = LEVELS.find((name) => name === (level ?? logger.level));
  const write = (line: string) => {
    const { level: name, time: _, pid: _pid, hostname: _host, msg, ...details } = JSON.parse(line);
    const at = name === 'fatal' && !logger.fatal ? 'error' : (name as Level);
    logger[at]?.(details, msg ?? '');
  };
  return createLog({ level: known ?? 'info', destination: { write } });
}
