// One call serves several reads that wait for their turns: a batch read, or a page of a list where summaries are enough. The
// rows of services/ define which reads. A read that need not wait is sent at once, unchanged.
import { beginsLikeArn, nameOfTarget, readArn } from '../arn.ts';
import type { Hit } from '../cache/local-cache.ts';
import type { Call, Layer, Send } from '../call.ts';
import type { Clock } from '../clock.ts';
import { type BatchedBy, type OperationName, operationNamed, operations } from '../operation.ts';
import type { ReadCounts } from '../read-counts.ts';
import type { ShowServed } from '../tracing.ts';
import { BatchPool } from './batch-pool.ts';
import { Denials } from './denials.ts';
import { ListPool } from './list-pool.ts';
import { type Meeting, Member } from './member.ts';
import type { Pool, PoolOptions } from './pool.ts';

interface GatherOptions {
  clock: Clock;
  reads: ReadCounts;
  showServed?: ShowServed | undefined;
  hit: (call: Call) => Hit | undefined;
  /** Through all layers. */
  read: Send;
}

/** How a read can be served together with others. */
interface Way {
  ids: readonly string[];
  /** Names the shared call, as far as the permission of the role is concerned. */
  name: string;
  /** Names the reads that one call can serve. */
  group: string;
  pool: (options: PoolOptions) => Pool;
}

export const gather =
  (options: GatherOptions): Layer =>
  (next) => {
    const { clock, showServed } = options;
    const pools = new Map<string, Pool>();
    const denials = new Denials(clock);

    const open = ({ group, pool }: Way): Pool => {
      const known = pools.get(group);
      if (known) return known;
      const onEmpty = () => {
        if (pools.get(group) === opened) pools.delete(group);
      };
      const opened = pool({ clock, denials, onEmpty });
      pools.set(group, opened);
      return opened;
    };
    const meet = (way: Way): Meeting => ({
      ids: way.ids,
      isDenied: () => denials.has(way.name),
      find: () => pools.get(way.group),
      open: () => open(way),
      showServed,
    });

    return (call) => {
      const way = batchOf(call, next) ?? listOf(call, options);
      return way ? new Member(call, meet(way), clock).send(next) : next(call);
    };
  };

/** Permissions differ by account, and an ARN may name any account. */
const nameOf = ({ target, operation }: Call, arn: string | undefined, many: string): string =>
  `${nameOfTarget(target)} ${arn && readArn(arn).account} ${operation.service} ${many}`;

/** Batches wait, too, and then one serves several of them. */
const batches = new Map(
  operations.flatMap((operation): [string, BatchedBy][] => {
    const row = operation.isRead ? operation.batchedBy : undefined;
    return row ? [[`${operation.service} ${row.batch}`, row]] : [];
  }),
);

function batchOf(call: Call, next: Send): Way | undefined {
  const { operation, target, command } = call;
  const own = operation.isRead ? operation.batchedBy : undefined;
  const row = own ?? batches.get(`${operation.service} ${operation.name}`);
  if (!row) return undefined;
  const ids = [(command.input as Record<string, string | string[]>)[own ? row.id : row.ids] ?? []].flat();
  const [first] = ids;
  // IAM may deny a batch because of one account.
  if (first === undefined || new Set(ids.map((id) => readArn(id).account)).size > 1) return undefined;
  const name = nameOf(call, first, row.batch);
  const batch = operationNamed(row.batch as OperationName, operation.service);
  const pool = (options: PoolOptions) =>
    new BatchPool({ ...options, name, row, operation: batch, target, next });
  return { ids, name, group: name, pool };
}

function listOf(call: Call, { reads, hit, read }: GatherOptions): Way | undefined {
  const { operation, target, command, fresh, brief } = call;
  const row = brief && operation.isRead ? operation.listedBy : undefined;
  const input = command.input as Record<string, unknown>;
  const id = row && input[row.id];
  if (!row || typeof id !== 'string') return undefined;
  const within = Object.fromEntries(row.within.map((member) => [member, input[member]]));
  const name = nameOf(call, Object.values(input).find(beginsLikeArn), row.list);
  const list = operationNamed(row.list as OperationName, operation.service);
  const pool = (options: PoolOptions) =>
    new ListPool({ ...options, name, row, operation: list, target, within, fresh, reads, hit, read });
  return { ids: [id], name, group: `${fresh} ${name} ${JSON.stringify(within)}`, pool };
}
