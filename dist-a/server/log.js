// The program's log. Each line passes one place on its way out, whoever wrote it and whatever he put into it.
import { pino } from 'pino';
import { redact } from '../upstream/redact.js';
const STDERR = 2;
export async function createLog({ level, format, destination }) {
    return pino({
        level,
        timestamp: pino.stdTimeFunctions.isoTime,
        formatters: { level: (label) => ({ level: label }) },
        hooks: { streamWrite: redact },
    }, destination ?? (isPretty(format) ? await prettyStream() : pino.destination(STDERR)));
}
/** Whether a person reads it. */
export const isPretty = (format) => (format ?? (process.stderr.isTTY ? 'pretty' : 'json')) === 'pretty';
async function prettyStream() {
    const { prettyFactory } = await import('pino-pretty');
    const prettify = prettyFactory({
        // It heeds NO_COLOR.
        colorize: process.stderr.isTTY === true && process.stderr.hasColors(),
        translateTime: 'SYS:HH:MM:ss',
        ignore: 'pid,hostname',
    });
    // Written at once, as JSON is: the last line before the end is the one that matters.
    return { write: (line) => void process.stderr.write(prettify(line)) };
}
