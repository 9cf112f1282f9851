// Makes the worlds of a world file: by the functions of AWS's operations, so that their lifecycles continue.

import { operations } from '../aws/operations.ts';
import { Refused } from '../errors.ts';
import {
  changeHealth,
  failStream,
  startStream,
  stopStream,
  takeOverStream,
} from '../low-latency/broadcast.ts';
import { requireChannel } from '../low-latency/channel.ts';
import { validate } from '../model/validation.ts';
import { stop } from '../realtime/compositing.ts';
import { startComposition } from '../realtime/composition.ts';
import { startIngest, stopIngest } from '../realtime/ingest.ts';
import type { Accounts } from '../world/accounts.ts';
import type { Account, World } from '../world/world.ts';
import { type Collection, type CollectionName, collectionNames, collections } from './format.ts';
import { inputOf, operationNamed } from './from-model.ts';
import { Names } from './names.ts';
import type { Path, Problem } from './node.ts';
import { placed, requireParticipant } from './placed.ts';
import { Script } from './script.ts';
import { scriptSessions } from './sessions.ts';
import { spanProblems } from './time-bounds.ts';
import type { AccountItem, ChannelItem, Item, RegionItem, StageItem, TimedItem, WorldItem } from './types.ts';

const DEFAULT_REGION = 'us-west-2';

interface Plot {
  /** Whose the worlds at the top of the file are. */
  of?: Account | undefined;
  /** Leaves out all other accounts. */
  only?: Account | undefined;
}

/** Of what was checked. Returns what AWS would refuse. */
export function plantWorld(
  accounts: Accounts,
  item: WorldItem,
  { of = accounts.own, only }: Plot = {},
): Problem[] {
  const { clock, timeline } = only ?? accounts;
  const script = new Script(clock.now().getTime());
  const { time: _, accounts: others = {}, ...own } = item;
  const isMeant = (accountId: string) => only === undefined || only.accountId === accountId;
  if (isMeant(of.accountId)) plantAccount(accounts, of.accountId, own, [], script);
  for (const [accountId, other] of Object.entries(others))
    if (isMeant(accountId)) plantAccount(accounts, accountId, other, ['accounts', accountId], script);
  // What follows from a wrong time or name is no problem of its own
  if (script.problems.length === 0) script.run(timeline);
  return script.problems;
}

function plantAccount(accounts: Accounts, accountId: string, item: AccountItem, path: Path, script: Script) {
  const { region = DEFAULT_REGION, regions = {}, ...contents } = item;
  const account = accounts.of(accountId);
  new Planter(account.world(region), script).plant(contents, path);
  for (const [name, other] of Object.entries(regions))
    new Planter(account.world(name), script).plant(other, [...path, 'regions', name]);
}

interface Row {
  collection: CollectionName;
  item: Item;
  arn: string;
  path: Path;
}

class Planter {
  #world: World;
  #script: Script;
  #names: Names;
  #taken = new Set<string>();

  constructor(world: World, script: Script) {
    this.#world = world;
    this.#script = script;
    this.#names = new Names(script);
  }

  plant(contents: RegionItem, path: Path): void {
    const rows = collectionNames.flatMap((collection) =>
      (contents[collection] ?? []).map((item, index) =>
        this.#row(collection, item, [...path, collection, index]),
      ),
    );
    for (const row of rows) this.#schedule(row);
  }

  #row(collection: CollectionName, item: Item, path: Path): Row {
    const { kind } = collections[collection] as Collection;
    if (!kind) return { collection, item, arn: '', path };
    const arn = this.#world.newArn(kind, item.id);
    if (this.#taken.has(arn))
      this.#script.refuse([...path, 'id'], `expected an id of its own, got ${item.id} again`);
    this.#taken.add(arn);
    this.#names.add(kind, arn, item.name);
    return { collection, item, arn, path };
  }

  #schedule(row: Row): void {
    const input = this.#inputOf(row);
    if (row.collection === 'replications') this.#replication(row, input);
    else if (row.collection === 'compositions') this.#composition(row, input);
    else this.#resource(row, input);
  }

  #resource(row: Row, input: Record<string, unknown>): void {
    const create = () => this.#create(row, input);
    const { createdAt } = row.item as { createdAt?: string };
    const isUser = ['stages', 'channels', 'ingestConfigurations'].includes(row.collection);
    if (createdAt) this.#script.at(createdAt, [...row.path, 'createdAt'], create);
    else this.#script.create(isUser ? 'users' : 'configurations', row.path, create);
    if (row.collection === 'stages') this.#sessions(row);
    if (row.collection === 'channels') this.#streams(row);
    if (row.collection === 'ingestConfigurations') this.#ingest(row);
  }

  /** The members of the operation, with ARNs in place of names. */
  #inputOf({ collection, item, path }: Row): Record<string, unknown> {
    const { operation, without } = collections[collection] as Collection;
    const node = { kind: 'object' as const, members: inputOf(operation, without) };
    return this.#names.resolve(node, item, path) as Record<string, unknown>;
  }

  #create({ collection, item, arn, path }: Row, input: Record<string, unknown>): void {
    const { participantId } = item as TimedItem;
    const more = collection === 'ingestConfigurations' && participantId ? { participantId } : {};
    this.#call((collections[collection] as Collection).operation, input, path, { arn, ...more });
    if (collection === 'channels') this.#finishChannel(item as ChannelItem, arn, path);
  }

  /** As AWS does it; `chosen` is what only a world file can choose. */
  #call(name: string, input: Record<string, unknown>, path: Path, chosen: object = {}): void {
    const run = operations[name as keyof typeof operations] as (input: object, world: World) => unknown;
    placed(path, () => {
      validate(operationNamed(name), input);
      run({ ...input, ...chosen }, this.#world);
    });
  }

  #finishChannel({ streamKey, revocations = [] }: ChannelItem, channelArn: string, path: Path): void {
    if (streamKey) {
      for (const { arn } of [...this.#world.streamKeys.values()].filter(
        (key) => key.channelArn === channelArn,
      ))
        this.#world.streamKeys.delete(arn);
      const { id, tags } = streamKey;
      this.#call('CreateStreamKey', { channelArn, ...(tags && { tags }) }, [...path, 'streamKey'], {
        arn: this.#world.newArn('stream-key', id),
      });
    }
    for (const [index, revocation] of revocations.entries())
      this.#call('StartViewerSessionRevocation', { channelArn, ...revocation }, [
        ...path,
        'revocations',
        index,
      ]);
  }

  #sessions({ item, arn, path }: Row): void {
    const { sessions = [] } = item as StageItem;
    scriptSessions({ world: this.#world, stageArn: arn, script: this.#script }, sessions, [
      ...path,
      'sessions',
    ]);
  }

  #streams({ item, arn, path }: Row): void {
    const [world, script] = [this.#world, this.#script];
    const channel = () => requireChannel(world, arn);
    for (const [index, stream] of ((item as ChannelItem).streams ?? []).entries()) {
      const { id, startedAt = 'now', endedAt, viewerCount, health = 'HEALTHY', events = [] } = stream;
      const where = [...path, 'streams', index];
      script.refuseAll(spanProblems(stream, where, script.start, 'now'));
      script.at(startedAt, stream.startedAt ? [...where, 'startedAt'] : where, () => {
        startStream(world, channel(), { ...(id && { streamId: id }), ...(viewerCount && { viewerCount }) });
        changeHealth(world, channel(), health);
      });
      for (const [number, { time, name }] of events.entries())
        script.at(time, [...where, 'events', number], () => {
          if (name === 'Starvation Start') changeHealth(world, channel(), 'STARVING');
          else if (name === 'Starvation End') changeHealth(world, channel(), 'HEALTHY');
          else if (name === 'Stream Takeover') takeOverStream(world, channel());
          else failStream(world, channel(), name);
        });
      if (endedAt) script.at(endedAt, [...where, 'endedAt'], () => stopStream(world, channel()));
    }
  }

  #ingest({ item, arn, path }: Row): void {
    const { startedAt, stoppedAt } = item as TimedItem;
    this.#script.refuseAll(spanProblems(item as TimedItem, path, this.#script.start));
    const configuration = () => {
      const found = this.#world.ingestConfigurations.get(arn);
      if (!found) throw new Refused(`${arn} was not created`);
      return found;
    };
    if (startedAt)
      this.#script.at(
        startedAt,
        [...path, 'startedAt'],
        () => void startIngest(this.#world, configuration()),
      );
    if (stoppedAt)
      this.#script.at(stoppedAt, [...path, 'stoppedAt'], () => stopIngest(this.#world, configuration()));
  }

  #replication({ item, path }: Row, input: Record<string, unknown>): void {
    const { startedAt = 'now', stoppedAt } = item as TimedItem;
    this.#script.refuseAll(spanProblems(item as TimedItem, path, this.#script.start, 'now'));
    this.#script.at(startedAt, path, () => {
      requireParticipant(this.#world, input, path);
      this.#call('StartParticipantReplication', input, path);
    });
    const { attributes: _, reconnectWindowSeconds: __, ...which } = input;
    if (stoppedAt)
      this.#script.at(stoppedAt, [...path, 'stoppedAt'], () =>
        this.#call('StopParticipantReplication', which, path),
      );
  }

  #composition({ item, arn, path }: Row, input: Record<string, unknown>): void {
    const { startedAt = 'now', stoppedAt } = item as TimedItem;
    this.#script.refuseAll(spanProblems(item as TimedItem, path, this.#script.start, 'now'));
    this.#script.at(startedAt, path, () => {
      placed(path, () => {
        validate(operationNamed('StartComposition'), input);
        // The input was checked just above
        startComposition(this.#world, input as unknown as Parameters<typeof startComposition>[1], { arn });
      });
    });
    if (stoppedAt)
      this.#script.at(stoppedAt, [...path, 'stoppedAt'], () => {
        const composition = this.#world.compositions.get(arn);
        if (!composition) throw new Refused('the composition has ended');
        stop(this.#world, composition);
      });
  }
}
