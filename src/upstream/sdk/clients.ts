// One SDK client per service and region, made at first use.
import { Agent as HttpAgent } from 'node:http';
import { Agent as HttpsAgent } from 'node:https';
import type { IvsClientConfig } from '@aws-sdk/client-ivs';
import { NodeHttpHandler } from '@smithy/node-http-handler';
import type { Call, Send } from '../call.ts';
import { toAborted, toUpstreamError } from '../errors.ts';
import { type ServiceName, services } from '../services/index.ts';
import { isAnswer, returnsBody } from './answer-check.ts';
import { type Client, optimizeClient } from './middleware.ts';

export interface ClientOptions {
  /** Where both APIs are, when not at AWS. Absent: the SDK's own rules, AWS_ENDPOINT_URL among them. */
  endpoint?: string | undefined;
  /** Absent: the SDK's default credential chain. */
  credentials?: IvsClientConfig['credentials'];
  requestTimeoutMs?: number | undefined;
}

// Without keep-alive each call would pay a TLS handshake. Only the quota bounds how many are in use, its rate times the
// time-out for each operation: with a bound of all together, one operation that hangs would keep the others from AWS.
const sockets = { keepAlive: true, maxSockets: Number.POSITIVE_INFINITY, maxFreeSockets: 50 };

export function createClients({ endpoint, credentials, requestTimeoutMs = 10_000 }: ClientOptions) {
  const requestHandler = new NodeHttpHandler({
    connectionTimeout: 3_000,
    requestTimeout: requestTimeoutMs,
    // Without this the handler only warns and keeps waiting.
    throwOnRequestTimeout: true,
    httpAgent: new HttpAgent(sockets),
    httpsAgent: new HttpsAgent(sockets),
  });
  const clients = new Map<string, Client>();
  let inFlight = 0;

  const clientOf = (service: ServiceName, region: string): Client => {
    const key = `${service} ${region}`;
    const known = clients.get(key);
    if (known) return known;
    // maxAttempts 1: the SDK's hidden retries would spend quota that nobody counts.
    const config = {
      region,
      maxAttempts: 1,
      // The middleware of an operation is put together once, not for each call; see optimizeClient().
      cacheMiddleware: true,
      requestHandler,
      ...(endpoint && { endpoint }),
      ...(credentials && { credentials }),
    };
    const client = new services[service].Client(config);
    optimizeClient(client, requestHandler);
    clients.set(key, client);
    return client;
  };

  const send: Send = async ({ operation, target: { region }, command, signal, trace }: Call) => {
    const client = clientOf(operation.service, region) as {
      send(command: object): Promise<{ $metadata: object }>;
    };
    inFlight += 1;
    try {
      const output = await client.send(
        Object.assign(command, { signal, trace, returnsBody: returnsBody(command) }),
      );
      if (isAnswer(command, output)) return output;
      throw Object.assign(new Error('An answer of another shape'), { $metadata: output.$metadata });
    } catch (error) {
      const aws = { service: operation.service, operation: operation.name, region };
      throw signal.aborted ? toAborted(signal, aws) : toUpstreamError(error, operation, region);
    } finally {
      inFlight -= 1;
    }
  };

  return {
    send,
    /** Rejects when the credential chain finds nothing. */
    checkCredentials: async (region: string) => void (await clientOf('ivs', region).config.credentials()),
    /** Calls that are with AWS now. */
    inFlight: () => inFlight,
    close: () => requestHandler.destroy(),
  };
}
