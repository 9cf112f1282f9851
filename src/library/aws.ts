// Own credentials and clients of AWS, and endpoints as the options have them.
import { ConfigError, type Env } from '../config/config.ts';
import type { ClientOptions } from '../upstream/sdk/clients.ts';
import type { Client } from '../upstream/sdk/middleware.ts';
import type { AwsClientRequest, AwsOptions } from './api.ts';

type Clients = Pick<ClientOptions, 'credentials' | 'endpoints' | 'newClient'>;

export function clientsOf({ credentials, awsClient }: AwsOptions, backend: string, env: Env): Clients {
  if (backend !== 'aws') {
    if (!credentials && !awsClient) return {};
    const [name] = credentials ? ['credentials'] : ['awsClient'];
    throw new ConfigError(`${name}: expected IVS_BACKEND to be aws, got ${backend}`);
  }
  const { AWS_ENDPOINT_URL: all } = env;
  const { AWS_ENDPOINT_URL_IVS: ivs = all, AWS_ENDPOINT_URL_IVS_REALTIME: realtime = all } = env;
  const { AWS_ENDPOINT_URL_STS: sts = all } = env;
  return {
    ...(credentials && { credentials: credentials as Clients['credentials'] }),
    endpoints: { ...(ivs && { ivs }), ...(realtime && { 'ivs-realtime': realtime }), ...(sts && { sts }) },
    ...(awsClient && { newClient: (service, config) => clientOf(awsClient, { service, config }) }),
  };
}

function made(make: NonNullable<AwsOptions['awsClient']>, request: AwsClientRequest): unknown {
  try {
    return make(request);
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    throw new ConfigError(
      `awsClient: expected it to return an SDK client of ${request.service}, got an error: ${text}`,
    );
  }
}

function clientOf(make: NonNullable<AwsOptions['awsClient']>, request: AwsClientRequest): Client {
  const client = made(make, request) as Client;
  const isClient = typeof client?.send === 'function' && client.config?.requestHandler !== undefined;
  if (!isClient)
    throw new ConfigError(
      `awsClient: expected it to return an SDK client of ${request.service} made from config`,
    );
  return client;
}
