// IVS_ACCOUNTS: the accounts that may be called, and what assumes their roles.
import { ConfigError } from './config-error.ts';
import { accountOfRole } from './environment/role-arn.ts';
import type { Environment } from './environment.ts';

/** One that may be called. */
export interface Account {
  id: string;
  /** Absent: that of the gateway's own credentials. */
  roleArn?: string | undefined;
  externalId?: string | undefined;
}

type Settings = Pick<Environment, 'IVS_ACCOUNTS' | 'IVS_EXTERNAL_ID'>;

/** The default account first; undefined where the account is that of the gateway's credentials, whichever it is. */
export function readAccounts({ IVS_ACCOUNTS: given, IVS_EXTERNAL_ID: externalId }: Settings) {
  const accounts = given?.map(accountOf);
  const problems = [...problemsOf(accounts ?? []), ...problemsOfExternalId(externalId, accounts ?? [])];
  if (problems.length > 0) throw new ConfigError(...problems);
  return accounts?.map(
    (account): Account => ({ ...account, externalId: account.roleArn && externalIdFor(account, externalId) }),
  );
}

function accountOf(item: string): Account {
  const [id = '', roleArn] = item.split(/=(.*)/);
  return { id, roleArn };
}

function* problemsOf(accounts: readonly Account[]): Generator<string> {
  const twice = repeatedIn(accounts.map(({ id }) => id));
  if (twice) yield `IVS_ACCOUNTS: expected each account once, got ${twice} twice`;
  for (const { id, roleArn } of accounts)
    if (roleArn && accountOfRole(roleArn) !== id)
      yield `IVS_ACCOUNTS: expected a role of account ${id}, got ${roleArn}`;
  const own = accounts.filter(({ roleArn }) => !roleArn).map(({ id }) => id);
  if (new Set(own).size > 1)
    yield `IVS_ACCOUNTS: expected at most one account without a role, that of the gateway’s credentials, got ${own.join(', ')}`;
}

/** For one account each; any other text is that of all roles. */
const EACH = /^\d{12}=[^,]+(,\s*\d{12}=[^,]+)*$/;

const pairsIn = (given: string): [account: string, externalId: string][] =>
  given.split(',').map((pair) => {
    const [account = '', id = ''] = pair.trim().split(/=(.*)/);
    return [account, id];
  });

const repeatedIn = (ids: readonly string[]): string | undefined =>
  ids.find((id, index) => ids.indexOf(id) < index);

const externalIdFor = ({ id }: Account, given: string | undefined): string | undefined =>
  given && EACH.test(given) ? new Map(pairsIn(given)).get(id) : given;

function problemsOfExternalId(given: string | undefined, accounts: readonly Account[]): string[] {
  if (given === undefined) return [];
  const assumed = accounts.flatMap(({ id, roleArn }) => (roleArn ? [id] : []));
  if (assumed.length === 0) return ['IVS_EXTERNAL_ID: expected roles in IVS_ACCOUNTS, got none'];
  const named = EACH.test(given) ? pairsIn(given).map(([account]) => account) : [];
  const twice = repeatedIn(named);
  if (twice) return [`IVS_EXTERNAL_ID: expected each account once, got ${twice} twice`];
  const others = named.filter((id) => !assumed.includes(id));
  if (others.length === 0) return [];
  return [`IVS_EXTERNAL_ID: expected accounts that have a role in IVS_ACCOUNTS, got ${others.join(', ')}`];
}
