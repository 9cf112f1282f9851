// The program's log. Each line passes one place on its way out, whoever wrote it and whatever he put into it.
import { type Logger, pino } from 'pino';
import { redact } from '../upstream/redact.ts';

const STDERR = 2;

export const createLog = (level: string): Logger =>
  pino({ level, hooks: { streamWrite: redact } }, pino.destination(STDERR));
