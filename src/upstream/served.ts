// The accounts and regions that may be called. They often come from an ARN, which is user input and must never choose a host
// or a role.
import { isArn, partsOfArn, type Target } from './arn.ts';
import { arnsNamedIn } from './arns-named.ts';
import { AccountNotAllowedError, RegionNotAllowedError } from './errors.ts';
import { quote } from './quote.ts';

export interface ServedOptions {
  regions: readonly string[];
  /** Ids of accounts, the default one first. Absent: the account of the gateway's credentials alone, whichever it is. */
  accounts?: readonly string[] | undefined;
}

export class Served {
  readonly #regions: ReadonlySet<string>;
  readonly #accounts: ReadonlySet<string> | undefined;
  readonly #defaultAccount: string | undefined;
  readonly #anyRegion: string;

  constructor({ regions, accounts }: ServedOptions) {
    this.#regions = new Set(regions);
    this.#accounts = accounts && new Set(accounts);
    this.#defaultAccount = accounts?.[0];
    this.#anyRegion = regions[0] as string;
  }

  /** The target as all below the request have it: with an account if there are several, else without. Throws for any other. */
  resolve({ account = this.#defaultAccount, region }: Target): Target {
    if (!this.#regions.has(region))
      throw new RegionNotAllowedError(
        `Region ${region} is not one of those served here: ${[...this.#regions].join(', ')}`,
      );
    // Of one account nothing is known but its credentials: AWS itself refuses the ARNs of others.
    if (!this.#accounts) return { account: undefined, region };
    if (account === undefined || !this.#accounts.has(account))
      throw new AccountNotAllowedError(`Account ${quote(account ?? '')} is not one of those served here`);
    return { account, region };
  }

  /** Throws for an input that names a resource elsewhere, in any member: AWS would look for it with the gateway's permissions. */
  checkNamed(input: object): void {
    for (const arn of arnsNamedIn(input)) {
      const named = partsOfArn(arn);
      if (!named) continue;
      // What another service has, such as MediaTailor, need not be in the regions of IVS.
      const region = isArn(arn) ? named.region : this.#anyRegion;
      this.resolve({ account: named.account, region });
    }
  }

  /** Those that would not be refused, with their targets resolved. */
  among<Aimed extends { target: Target }>(some: readonly Aimed[]): Aimed[] {
    return some.flatMap((one) => {
      try {
        return [{ ...one, target: this.resolve(one.target) }];
      } catch {
        return [];
      }
    });
  }
}
