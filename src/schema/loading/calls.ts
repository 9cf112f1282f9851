// Batch functions: which calls answer a batch of keys. One key that fails, fails alone.
import type { Context } from '../../context.ts';
import { nameOfTarget, type Target, targetOf } from '../../upstream/arn.ts';
import type { Brief } from '../../upstream/call.ts';
import {
  ChannelNotBroadcastingError,
  isNotFound,
  ResourceNotFoundError,
  UpstreamError,
} from '../../upstream/errors.ts';
import { chunk, groupBy } from '../language/collections.ts';

/**
 * Answers each key in its place, and each when it is known: what AWS knows, null for what does not exist, or the error of
 * that one alone.
 */
export type LoadMany<Key, Detail> = (
  keys: readonly Key[],
  context: Context,
  /** For a key whose summary is enough: an argument of `send`. */
  briefOf: (key: Key) => Brief | undefined,
) => readonly Promise<Detail | null | Error>[];

/** One call per key, for what has no batch read. A key that fails, fails alone. */
export const loadEach =
  <Key, Detail>(
    loadOne: (key: Key, context: Context) => Promise<Detail | undefined>,
  ): LoadMany<Key, Detail> =>
  (keys, context, briefOf) =>
    keys.map((key) =>
      loadOne(key, briefly(context, briefOf(key))).then((found) => found ?? null, nullIfAbsent),
    );

const briefly = (context: Context, brief: Brief | undefined): Context =>
  brief ? { ...context, send: (target, command) => context.send(target, command, brief) } : context;

interface Batch<Detail> {
  found: readonly Detail[] | undefined;
  errors:
    | readonly { arn?: string | undefined; code?: string | undefined; message?: string | undefined }[]
    | undefined;
}

interface BatchReads<Detail> {
  /** The most ARNs that AWS takes in one call. */
  size: number;
  getBatch: (target: Target, arns: string[], context: Context) => Promise<Batch<Detail>>;
  getOne: (target: Target, arn: string, context: Context) => Promise<Detail | undefined>;
}

/** Up to `size` ARNs of one region per call, for what has a batch read. AWS answers in any order. */
export const loadBatches =
  <Detail extends { arn?: string | undefined }>({
    size,
    getBatch,
    getOne,
  }: BatchReads<Detail>): LoadMany<{ arn: string }, Detail> =>
  (keys, context) => {
    const loadBatch = async (target: Target, arns: string[]): Promise<Map<string, Detail | Error>> => {
      const answers = new Map<string, Detail | Error>();
      const [first, ...others] = arns;
      try {
        // One alone goes its own way: that call has a quota of its own, and says exactly what is wrong.
        if (first && others.length === 0) {
          const found = await getOne(target, first, context);
          return found ? answers.set(first, found) : answers;
        }
        const { found = [], errors = [] } = await getBatch(target, arns, context);
        for (const detail of found) answers.set(detail.arn as string, detail);
        for (const { arn, code, message } of errors) {
          if (!isNotFound(code)) answers.set(arn as string, new UpstreamError(`${code}: ${message}`));
        }
      } catch (error) {
        const failed = nullIfAbsent(error as Error);
        if (failed) for (const arn of arns) answers.set(arn, failed);
      }
      return answers;
    };
    const arns = keys.map(({ arn }) => arn);
    const batches = new Map<string, ReturnType<typeof loadBatch>>();
    for (const some of groupBy(arns, (arn) => nameOfTarget(targetOf(arn))).values())
      for (const batch of chunk(some, size)) {
        const answers = loadBatch(targetOf(batch[0] as string), batch);
        for (const arn of batch) batches.set(arn, answers);
      }
    return arns.map(async (arn) => (await batches.get(arn))?.get(arn) ?? null);
  };

/** For `catch`: what is not there is null, any other failure is thrown again. */
export function absentAsNull(error: Error): null {
  const failure = nullIfAbsent(error);
  if (failure) throw failure;
  return null;
}

/** AWS's ways to say that something is not there. */
function nullIfAbsent(error: Error): null | Error {
  return error instanceof ResourceNotFoundError || error instanceof ChannelNotBroadcastingError
    ? null
    : error;
}
