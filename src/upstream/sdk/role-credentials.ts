// The credentials of a role, which may be of another account. The SDK's provider, and the client of STS with it, are loaded
// when the first one is assumed.
import { createRequire } from 'node:module';
import { CredentialsRefusedError, type UpstreamError } from '../errors.ts';
import type { Identity, Provider, Renewal } from './credentials.ts';
import { endpointConfig } from './endpoint.ts';
import { explainsItself, stsErrorOf } from './failures.ts';
import type { Transport } from './transport.ts';

const require = createRequire(import.meta.url);

/** In CloudTrail of the other account. */
const SESSION_NAME = 'ivs-graphql';
/** AWS's credentials of a role last an hour; the SDK renews them so long before they end, too. */
const EARLY_MS = 5 * 60_000;
/** At least between two attempts while the old credentials are still good. */
const RETRY_MS = 10_000;
/** After a failure, which calls of this time share. */
const COOLDOWN_MS = 1_000;

export interface Role {
  /** The account that it belongs to. */
  id: string;
  roleArn: string;
  externalId?: string | undefined;
}

interface RoleOptions {
  role: Role;
  /** The credentials that assume it. */
  own: () => { provider: Provider; renewal: Renewal };
  /** Of STS. */
  region: string;
  /** Absent: the SDK's own rules, AWS_ENDPOINT_URL_STS among them. */
  endpoint?: string | undefined;
  requestHandler: Transport;
  now?: (() => number) | undefined;
}

export class RoleCredentials {
  readonly #options: RoleOptions;
  readonly #now: () => number;
  #assume: { provider: Provider; generation: number } | undefined;
  #known: Identity | undefined;
  #pending: Promise<Identity> | undefined;
  #renewAt = Number.NEGATIVE_INFINITY;
  #failure: { error: UpstreamError; until: number } | undefined;

  constructor(options: RoleOptions) {
    this.#options = options;
    this.#now = options.now ?? Date.now;
  }

  /** Equal for all clients of the account. */
  readonly provide: Provider = async ({ forceRefresh = false } = {}) => {
    const now = this.#now();
    if (this.#known && !forceRefresh && now < this.#renewAt) return this.#known;
    if (this.#failure && !this.#pending && now < this.#failure.until) throw this.#failure.error;
    this.#pending ??= this.#renew().finally(() => {
      this.#pending = undefined;
    });
    return this.#pending;
  };

  /** What is still good serves on while STS fails. */
  async #renew(): Promise<Identity> {
    const known = this.#known;
    try {
      const fresh = await this.#read();
      this.#failure = undefined;
      // An STS other than AWS's may give them for less time.
      this.#renewAt = Math.max(endOf(fresh) - EARLY_MS, Math.min(endOf(fresh), this.#now() + RETRY_MS));
      this.#known = fresh;
      return fresh;
    } catch (error) {
      const now = this.#now();
      this.#renewAt = now + RETRY_MS;
      if (known && now < endOf(known)) return known;
      this.#known = undefined;
      this.#failure = { error: error as UpstreamError, until: now + COOLDOWN_MS };
      throw error;
    }
  }

  /** Once more if another program has written new credentials of the gateway meanwhile. */
  async #read(): Promise<Identity> {
    const { renewal } = this.#options.own();
    const { generation } = renewal;
    try {
      return await this.#provider()();
    } catch (thrown) {
      const error = this.#failureOf(thrown);
      if (!(error instanceof CredentialsRefusedError) || !(await renewal.hasOthers(generation))) throw error;
    }
    return this.#provider()().catch((thrown) => {
      throw this.#failureOf(thrown);
    });
  }

  /** A client of STS holds on to the credentials that it began with. */
  #provider(): Provider {
    const { role, own, region, endpoint, requestHandler } = this.#options;
    const { provider: masterCredentials, renewal } = own();
    const { generation } = renewal;
    if (this.#assume?.generation === generation) return this.#assume.provider;
    const {
      fromTemporaryCredentials,
    }: typeof import('@aws-sdk/credential-providers') = require('@aws-sdk/credential-providers');
    const provider = fromTemporaryCredentials({
      masterCredentials,
      params: { RoleArn: role.roleArn, RoleSessionName: SESSION_NAME, ExternalId: role.externalId },
      clientConfig: { region, requestHandler, ...endpointConfig(endpoint) },
    }) as Provider;
    this.#assume = { provider, generation };
    return provider;
  }

  /** What a retry cannot fix is a matter of policies, never of the client's input. */
  #failureOf(thrown: unknown): UpstreamError {
    const { role, region } = this.#options;
    const error = stsErrorOf(thrown, 'AssumeRole', { account: role.id, region });
    if (explainsItself(error)) return error;
    const message = `AWS does not let the gateway assume the role of account ${role.id}`;
    return new CredentialsRefusedError(message, error.aws, thrown);
  }
}

const endOf = ({ expiration }: Identity): number => expiration?.getTime() ?? Number.POSITIVE_INFINITY;
