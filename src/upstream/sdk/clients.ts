// One SDK client per service and region, made at first use.
import type { IvsClientConfig } from '@aws-sdk/client-ivs';
import type { Call, Send } from '../call.ts';
import { type Clock, systemClock } from '../clock.ts';
import { toAborted } from '../errors.ts';
import { type ServiceName, services } from '../services/index.ts';
import { isAnswer, returnsBody } from './answer-check.ts';
import { Acceptance, Renewal } from './credentials.ts';
import { toUpstreamError } from './failures.ts';
import { type Client, optimizeClient } from './middleware.ts';
import { Transport } from './transport.ts';

export interface ClientOptions {
  /** Where both APIs are, when not at AWS. Absent: the SDK's own rules, AWS_ENDPOINT_URL among them. */
  endpoint?: string | undefined;
  /** Absent: the SDK's default credential chain. */
  credentials?: IvsClientConfig['credentials'];
  /** Of one service, where it differs from `endpoint`. */
  endpoints?: Partial<Record<ServiceName, string>> | undefined;
  /** Makes the client, from the configuration that it needs. Absent: one of the SDK's. */
  newClient?: ((service: ServiceName, config: IvsClientConfig) => Client) | undefined;
  requestTimeoutMs?: number | undefined;
  clock?: Clock | undefined;
}

/** A client, and what is its own. */
interface Line {
  client: Client;
  renewal: Renewal;
}

export function createClients({
  endpoint,
  credentials,
  endpoints = {},
  newClient = (service, config) => new services[service].Client(config),
  requestTimeoutMs = 10_000,
  clock = systemClock,
}: ClientOptions) {
  const transport = new Transport(requestTimeoutMs);
  const acceptance = new Acceptance(clock);
  const lines = new Map<string, Line>();
  let inFlight = 0;

  const lineTo = (service: ServiceName, region: string): Line => {
    const key = `${service} ${region}`;
    const known = lines.get(key);
    if (known) return known;
    // maxAttempts 1: the SDK's hidden retries would spend uncounted quota.
    const address = endpoint ?? endpoints[service];
    const config = {
      region,
      maxAttempts: 1,
      // The middleware of an operation is put together once, not for each call; see optimizeClient().
      cacheMiddleware: true,
      requestHandler: transport,
      ...(address && { endpoint: address }),
      ...(credentials && { credentials }),
    };
    const client = newClient(service, config);
    optimizeClient(client, transport);
    const line = { client, renewal: new Renewal((options) => client.config.credentials(options), clock) };
    lines.set(key, line);
    return line;
  };

  const send: Send = async ({ operation, target: { region }, command, signal, trace }: Call) => {
    const line = lineTo(operation.service, region);
    const client = line.client as { send(command: object): Promise<{ $metadata: object }> };
    const { generation } = line.renewal;
    inFlight += 1;
    try {
      const output = await client.send(
        Object.assign(command, { signal, trace, returnsBody: returnsBody(command) }),
      );
      if (!isAnswer(command, output))
        throw Object.assign(new Error('An answer of another shape'), { $metadata: output.$metadata });
      acceptance.accepted();
      return output;
    } catch (thrown) {
      const aws = { service: operation.service, operation: operation.name, region };
      if (signal.aborted) throw toAborted(signal, aws);
      const error = toUpstreamError(thrown, operation, region);
      await acceptance.judge(error, line.renewal, generation);
      throw error;
    } finally {
      inFlight -= 1;
    }
  };

  return {
    send,
    /** Rejects when the credential chain finds nothing. */
    checkCredentials: async (region: string) =>
      void (await lineTo('ivs', region).client.config.credentials()),
    /** Whether AWS has just refused the gateway's credentials, and taken them nowhere. */
    areCredentialsRefused: () => acceptance.isRefused(),
    /** Calls that are with AWS now. */
    inFlight: () => inFlight,
    close: () => transport.destroy(),
  };
}
