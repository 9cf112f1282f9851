// Reasons for failures of Redis, in words for the log.
import type { Redis as Client } from 'ioredis';

/** A Redis that cannot serve the gateway until its configuration or the URL changes. */
export class UnusableError extends Error {
  override name = 'UnusableError';
}

export class NoAnswerError extends Error {
  override name = 'NoAnswerError';
}

/** Redis has responded with an error. */
const isRefusal = ({ name }: Error): boolean => name === 'ReplyError' || name === UnusableError.name;

/** Names a refusal: NOPERM, WRONGPASS, READONLY. Undefined for what is none. */
export const kindOf = (error: Error): string | undefined =>
  isRefusal(error) ? error.message.split(' ', 1)[0] : undefined;

/** Where a script needs it, the kind is ERR: in the words of Redis 7.0, and of later versions and Valkey. */
const MISSING_PERMISSION = /^(NOPERM|ERR The user executing the script can't|ERR ACL failure in script)\b/;

/** DENIED: its protected mode, in which it takes no other host. */
const LASTING = /^(DENIED|NOAUTH|WRONGPASS)\b/;

/** The same for all scripts that need it. */
export const missingPermission = (error: Error): string | undefined =>
  isRefusal(error) && MISSING_PERMISSION.test(error.message)
    ? error.message.split(' command script:', 1)[0]
    : undefined;

/** Whether it stays so until the configuration of Redis changes: an early retry is useless then. */
export const isLasting = (error: Error): boolean =>
  error instanceof UnusableError ||
  missingPermission(error) !== undefined ||
  LASTING.test(kindOf(error) ?? '');

/** Only a text: an error of ioredis carries its command, and that of AUTH the password. */
export function reasonOf(error: NodeJS.ErrnoException): string {
  if (isRefusal(error) || error.name === NoAnswerError.name) return error.message;
  // What else ioredis has to say of a connection that is gone speaks of its own options.
  return error.code ?? 'the connection was closed';
}

/** Throws for a database that is not there: ioredis only emits an error, and then works in database 0. */
export async function selectDatabase(client: Client, database: number): Promise<void> {
  // The user of database 0 needs no permission for it.
  if (database === 0) return;
  await client.select(database).catch((error: Error) => {
    if (kindOf(error) !== 'ERR') throw error;
    throw new UnusableError(`expected a database that Redis has, got ${database} (${error.message})`);
  });
}

export function within<T>(timeoutMs: number, answer: Promise<T>): Promise<T> {
  return new Promise((resolve, reject) => {
    const refuse = () => reject(new NoAnswerError(`no answer within ${timeoutMs} ms`));
    // If it was this process that was busy, the response lies in the socket, and is read before `setImmediate` runs.
    const timer = setTimeout(() => setImmediate(refuse), timeoutMs);
    answer.then(resolve, reject).finally(() => clearTimeout(timer));
  });
}
