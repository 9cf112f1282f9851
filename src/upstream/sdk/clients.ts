// One SDK client per service, account and region, made at first use.
import type { IvsClientConfig } from '@aws-sdk/client-ivs';
import { nameOfTarget, type Target } from '../arn.ts';
import type { Call, Send } from '../call.ts';
import { type Clock, systemClock } from '../clock.ts';
import { type AwsOrigin, originOf, toAborted, UpstreamError } from '../errors.ts';
import { type ServiceName, services } from '../services/index.ts';
import { untilAborted } from '../until-aborted.ts';
import { isAnswer, returnsBody } from './answer-check.ts';
import { Acceptance, holding, type Provider, Renewal } from './credentials.ts';
import { endpointConfig } from './endpoint.ts';
import { toUpstreamError } from './failures.ts';
import { type Line, prepare } from './line.ts';
import { type Client, optimizeClient } from './middleware.ts';
import { OwnAccount } from './own-account.ts';
import { type Role, RoleCredentials } from './role-credentials.ts';
import { Transport } from './transport.ts';

/** One that may be called. */
interface Account extends Pick<Role, 'id' | 'externalId'> {
  /** Absent: the account of the gateway's own credentials. */
  roleArn?: string | undefined;
}

export interface ClientOptions {
  /** Absent: that of the credentials. */
  accounts?: readonly Account[] | undefined;
  /** Where the gateway's own credentials are used to assume roles. */
  stsRegion: string;
  /** Where both APIs are, when not at AWS. Absent: the SDK's own rules, AWS_ENDPOINT_URL among them. */
  endpoint?: string | undefined;
  /** Absent: the SDK's default credential chain. */
  credentials?: IvsClientConfig['credentials'];
  /** Of one service, where it differs from `endpoint`. */
  endpoints?: Partial<Record<ServiceName | 'sts', string>> | undefined;
  /** Makes the client, from the configuration that it needs. Absent: one of the SDK's. */
  newClient?: ((service: ServiceName, config: IvsClientConfig) => Client) | undefined;
  requestTimeoutMs?: number | undefined;
  clock?: Clock | undefined;
}

const endpointOf = (
  name: ServiceName | 'sts',
  { endpoint, endpoints }: Pick<ClientOptions, 'endpoint' | 'endpoints'>,
) => endpoint ?? endpoints?.[name];

type LineTo = (service: ServiceName, target: Target) => Line;

export function createClients({ requestTimeoutMs = 10_000, clock = systemClock, ...options }: ClientOptions) {
  const { accounts = [{ id: undefined }], stsRegion } = options;
  const transport = new Transport(requestTimeoutMs);
  const acceptances = new Map(accounts.map(({ id }) => [id, new Acceptance(clock)]));
  const lineTo = linesBy({ ...options, transport, clock, acceptances });
  let inFlight = 0;

  const send: Send = async ({ operation, target, command, signal, trace }: Call) => {
    const line = lineTo(operation.service, target);
    const client = line.client as { send(command: object): Promise<{ $metadata: object }> };
    const { generation } = line.renewal;
    inFlight += 1;
    try {
      await prepare(line, { signal, operation, target });
      const output = await client.send(
        Object.assign(command, { signal, trace, returnsBody: returnsBody(command) }),
      );
      if (!isAnswer(command, output))
        throw Object.assign(new Error('An answer of another shape'), { $metadata: output.$metadata });
      line.acceptance.accepted();
      return output;
    } catch (thrown) {
      if (signal.aborted) throw abortedBy(thrown, signal, originOf(operation, target));
      const error = toUpstreamError(thrown, operation, target);
      // It may read the credentials anew, which the deadline must end, too.
      await untilAborted(signal, line.acceptance.judge(error, line.renewal, generation)).catch(() => {});
      throw error;
    } finally {
      inFlight -= 1;
    }
  };

  return {
    send,
    /** Rejects when the credential chain finds nothing. Returns the account of the credentials, where the chain knows it. */
    checkCredentials: async () => (await ownLine(lineTo, stsRegion).provider()).accountId,
    /** Whether AWS has just refused the gateway's credentials in all accounts, and taken them nowhere. */
    areCredentialsRefused: () => [...acceptances.values()].every((acceptance) => acceptance.isRefused()),
    /** Calls that are with AWS now. */
    inFlight: () => inFlight,
    close: () => transport.destroy(),
  };
}

/** What waited for STS has said so. */
const abortedBy = (thrown: unknown, signal: AbortSignal, aws: AwsOrigin): UpstreamError =>
  thrown instanceof UpstreamError ? thrown : toAborted(signal, aws);

/** Of the gateway's own credentials. */
const ownLine = (lineTo: LineTo, region: string): Line => lineTo('ivs', { account: undefined, region });

interface LineOptions extends Omit<ClientOptions, 'requestTimeoutMs'> {
  transport: Transport;
  clock: Clock;
  acceptances: ReadonlyMap<string | undefined, Acceptance>;
}

function linesBy({ transport, clock, acceptances, ...options }: LineOptions): LineTo {
  const { newClient = (service, config) => new services[service].Client(config) } = options;
  const lines = new Map<string, Line>();
  const named = ownAccountOf({ ...options, transport, clock });
  const open = (service: ServiceName, { account, region }: Target): Line => {
    const role = roles.get(account);
    const credentials = role?.provide ?? options.credentials;
    const endpoint = endpointOf(service, options);
    const client = newClient(service, {
      region,
      // The SDK's hidden retries would spend uncounted quota.
      maxAttempts: 1,
      // The middleware of an operation is put together once, not for each call; see optimizeClient().
      cacheMiddleware: true,
      requestHandler: transport,
      ...endpointConfig(endpoint),
      ...(credentials && { credentials }),
    });
    optimizeClient(client, transport);
    if (!role) {
      const held = holding(client.config.credentials, clock);
      // The SDK would put a memory of its own before it otherwise.
      client.config.credentials = Object.assign(held, { memoized: true });
    }
    const provider: Provider = (request) => client.config.credentials(request);
    const acceptance = acceptances.get(account) ?? new Acceptance(clock);
    const own = named?.id === account ? named : undefined;
    const isAssumed = role !== undefined;
    return {
      client,
      provider,
      renewal: new Renewal(provider, clock),
      acceptance,
      isAssumed,
      ownAccount: own,
    };
  };
  const lineTo: LineTo = (service, target) => {
    const key = `${service} ${nameOfTarget(target)}`;
    const line = lines.get(key) ?? open(service, target);
    lines.set(key, line);
    return line;
  };
  const roles = rolesOf({ ...options, transport }, lineTo);
  return lineTo;
}

/** Of the gateway's own credentials, where the settings say which it is. */
function ownAccountOf({
  accounts = [],
  stsRegion: region,
  transport: requestHandler,
  clock,
  ...options
}: RoleOptions & Pick<LineOptions, 'clock'>) {
  const id = accounts.find(({ roleArn }) => !roleArn)?.id;
  const endpoint = endpointOf('sts', options);
  return id === undefined ? undefined : new OwnAccount({ id, region, endpoint, requestHandler, clock });
}

type RoleOptions = Pick<LineOptions, 'accounts' | 'endpoint' | 'endpoints' | 'stsRegion' | 'transport'>;

function rolesOf({ accounts = [], stsRegion, transport, ...options }: RoleOptions, lineTo: LineTo) {
  const endpoint = endpointOf('sts', options);
  const assumed = accounts.flatMap(({ roleArn, ...account }) => (roleArn ? [{ ...account, roleArn }] : []));
  const common = { endpoint, region: stsRegion, requestHandler: transport };
  const own = () => ownLine(lineTo, stsRegion);
  return new Map<string | undefined, RoleCredentials>(
    assumed.map((role) => [role.id, new RoleCredentials({ ...common, role, own })]),
  );
}
