// Whether the gateway's own credentials are of the account that they are to be of: many kinds of credentials do not name it.
import { createRequire } from 'node:module';
import type { Clock } from '../clock.ts';
import { CredentialsRefusedError, UpstreamError } from '../errors.ts';
import type { Identity, Provider } from './credentials.ts';
import { endpointConfig } from './endpoint.ts';
import { explainsItself, stsErrorOf } from './failures.ts';
import type { Transport } from './transport.ts';

const require = createRequire(import.meta.url);

/** After a failure, which calls of this time share. */
const COOLDOWN_MS = 1_000;

interface OwnAccountOptions {
  /** The id that the settings have. */
  id: string;
  /** Of STS. */
  region: string;
  /** Absent: the SDK's own rules, AWS_ENDPOINT_URL_STS among them. */
  endpoint?: string | undefined;
  requestHandler: Transport;
  clock: Clock;
}

/** Asked before calls, until AWS has confirmed the account once. */
export class OwnAccount {
  readonly #options: OwnAccountOptions;
  #pending: Promise<void> | undefined;
  #isConfirmed = false;
  #failure: { error: Error; accessKeyId: string; until: number } | undefined;

  constructor(options: OwnAccountOptions) {
    this.#options = options;
  }

  get id(): string {
    return this.#options.id;
  }

  get isConfirmed(): boolean {
    return this.#isConfirmed;
  }

  /** Rejects for credentials of another account, or where STS does not say which. */
  async confirm(provider: Provider): Promise<void> {
    const identity = await provider();
    const failure = this.#failure;
    const isSame = failure?.accessKeyId === identity.accessKeyId;
    if (failure && isSame && this.#options.clock.now() < failure.until) throw failure.error;
    this.#pending ??= this.#ask(identity).finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  }

  async #ask(identity: Identity): Promise<void> {
    const { accessKeyId } = identity;
    try {
      const account = identity.accountId ?? (await this.#accountOf(identity));
      if (account !== this.#options.id) throw this.#refusal(account);
      this.#isConfirmed = true;
    } catch (thrown) {
      const error = this.#failureOf(thrown);
      const isLasting = error instanceof OtherAccountError;
      const until = isLasting ? Number.POSITIVE_INFINITY : this.#options.clock.now() + COOLDOWN_MS;
      this.#failure = { error, accessKeyId, until };
      throw error;
    }
  }

  async #accountOf(credentials: Identity): Promise<string | undefined> {
    const { region, endpoint, requestHandler } = this.#options;
    const sts: typeof import('@aws-sdk/client-sts') = require('@aws-sdk/client-sts');
    const client = new sts.STSClient({ credentials, region, requestHandler, ...endpointConfig(endpoint) });
    const { Account } = await client.send(new sts.GetCallerIdentityCommand({}));
    if (!Account) throw new Error('A response without an account');
    return Account;
  }

  /** The other account is for the log. */
  #refusal(account: string | undefined): Error {
    const { id, region } = this.#options;
    const cause = new Error(
      `IVS_ACCOUNTS: expected a role of account ${id}, or credentials of it, got credentials of account ${account}`,
    );
    const aws = { service: 'sts', operation: 'GetCallerIdentity', account: id, region };
    return new OtherAccountError(`The gateway’s credentials are not of account ${id}`, aws, cause);
  }

  /** STS lets anyone ask who they are: only the credentials themselves can be refused. */
  #failureOf(thrown: unknown): Error {
    const { id, region } = this.#options;
    const error = stsErrorOf(thrown, 'GetCallerIdentity', { account: id, region });
    if (explainsItself(error)) return error;
    return new UpstreamError(`STS did not name the account of the gateway’s credentials`, error.aws, thrown);
  }
}

class OtherAccountError extends CredentialsRefusedError {}
