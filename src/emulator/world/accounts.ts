// The accounts of the emulator. They share the way of their events to receivers and, unless they have one of their own, the clock.

import { AwsError } from '../errors.ts';
import { EventBus } from '../events/bus.ts';
import { parseArn } from '../model/identifiers.ts';
import { type Clock, WorldClock } from './clock.ts';
import { Timeline } from './timeline.ts';
import { Account, type World } from './world.ts';

/** As with LocalStack: an access key id of this form is the account that it acts in. */
const ACCOUNT_ID = /^\d{12}$/;
const MOST = 10_000;

export class Accounts {
  readonly clock: WorldClock;
  readonly events = new EventBus();
  /** One order for all of them. */
  readonly timeline: Timeline<World>;
  readonly idSeed: string | undefined;
  /** Of all other access keys. */
  readonly own: Account;
  /** Those with a clock of their own. */
  readonly apart = new Set<Account>();
  readonly #accounts = new Map<string, Account>();

  constructor(ownId: string, clock: Clock, idSeed?: string) {
    this.idSeed = idSeed;
    this.clock = new WorldClock(clock);
    this.timeline = this.newTimeline(this.clock);
    this.own = this.of(ownId);
  }

  /** Made when it is first named. */
  of(accountId: string): Account {
    const known = this.#accounts.get(accountId);
    if (known) return known;
    if (this.#accounts.size >= MOST) throw tooMany();
    const account = new Account(accountId, this);
    this.#accounts.set(accountId, account);
    return account;
  }

  newTimeline(clock: Clock): Timeline<World> {
    return new Timeline(clock, ({ accountId, region }) => this.of(accountId).worldAsItIs(region));
  }

  /** What is due has happened: in one order for all that follow the common clock. */
  catchUp(): void {
    this.timeline.catchUp();
    for (const { timeline } of this.apart) timeline.catchUp();
  }

  /** Makes room for another one. */
  forget(account: Account): void {
    account.empty();
    if (account !== this.own) this.#accounts.delete(account.accountId);
  }

  bySigner(accessKeyId: string): Account {
    return this.of(this.idBySigner(accessKeyId));
  }

  /** Also of an account that does not exist yet. */
  idBySigner(accessKeyId: string): string {
    return ACCOUNT_ID.test(accessKeyId) ? accessKeyId : this.own.accountId;
  }

  /** The world where the resource of an ARN would be; undefined for what is no ARN, and for an account without worlds. */
  worldOf(arn: string): World | undefined {
    const parts = parseArn(arn);
    return parts && this.worldAt(parts);
  }

  worldAt({ accountId, region }: { accountId: string; region: string }): World | undefined {
    return this.#accounts.get(accountId)?.world(region);
  }

  all(): Account[] {
    return [...this.#accounts.values()];
  }

  /** Of all accounts. */
  worlds(): World[] {
    this.catchUp();
    return this.all().flatMap((account) => account.worldsAsTheyAre());
  }
}

const tooMany = () =>
  new AwsError(
    'LimitExceededException',
    `The emulator has at most ${MOST} accounts at a time: POST /_control/reset {"account":"…"} removes one, and {} all`,
    400,
  );
