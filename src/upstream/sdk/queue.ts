// A queue of Amazon SQS. Loaded only where one is set, and its client with it.
import { createRequire } from 'node:module';
import type { ReceiveMessageCommandInput, SQSClientConfig } from '@aws-sdk/client-sqs';
import { systemClock } from '../clock.ts';
import { CredentialsRefusedError, originOf, toAborted } from '../errors.ts';
import { Renewal } from './credentials.ts';
import { endpointConfig } from './endpoint.ts';
import { toUpstreamError } from './failures.ts';
import { Transport } from './transport.ts';

// By require(), as aws-sdk.ts explains.
const { SQSClient, ...sqs }: typeof import('@aws-sdk/client-sqs') = createRequire(import.meta.url)(
  '@aws-sdk/client-sqs',
);

/** The most that SQS allows of both. */
const POLL: Partial<ReceiveMessageCommandInput> = { WaitTimeSeconds: 20, MaxNumberOfMessages: 10 };
/** A response that waited comes after 20 s. */
const REQUEST_TIMEOUT_MS = 30_000;
/** Of calls that do not wait. */
const SHORT_TIMEOUT_MS = 5_000;

export interface QueueOptions {
  url: string;
  /** Where the URL names none. */
  defaultRegion: string;
  /** Absent: the host of the URL. */
  endpoint?: string | undefined;
  /** Absent: the SDK's default credential chain. */
  credentials?: SQSClientConfig['credentials'];
}

interface Message {
  id: string;
  body: string;
  /** For the deletion. */
  receipt: string;
}

export function openQueue({ url, defaultRegion, endpoint = new URL(url).origin, credentials }: QueueOptions) {
  const region = regionIn(new URL(url).hostname) ?? defaultRegion;
  const transport = new Transport(REQUEST_TIMEOUT_MS);
  const client = new SQSClient({
    region,
    // Always stated: the SDK prefers the host of the URL to AWS_ENDPOINT_URL_SQS, and writes a warning to the console.
    ...endpointConfig(endpoint),
    ...(credentials && { credentials }),
    // The reader of the queue repeats, with pauses that end when it stops.
    maxAttempts: 1,
    requestHandler: transport,
    // It throws where OpenSSL is in FIPS mode. TLS has checked the bytes.
    md5: false,
  });
  const renewal = new Renewal((options) => client.config.credentials(options), systemClock);

  const target = { account: undefined, region };

  const call = async <Output>(name: string, signal: AbortSignal, run: () => Promise<Output>) => {
    const { generation } = renewal;
    const operation = { service: 'sqs', name };
    try {
      return await run();
    } catch (thrown) {
      if (signal.aborted) throw toAborted(signal, originOf(operation, target));
      const error = toUpstreamError(thrown, operation, target);
      // The next call signs with others, if there are others.
      if (error instanceof CredentialsRefusedError) await renewal.hasOthers(generation);
      throw error;
    }
  };

  return {
    /** Waits for messages; none after 20 s. */
    receive: async (abortSignal: AbortSignal): Promise<Message[]> => {
      const command = new sqs.ReceiveMessageCommand({ QueueUrl: url, ...POLL });
      const { Messages = [] } = await call('ReceiveMessage', abortSignal, () =>
        client.send(command, { abortSignal }),
      );
      return Messages.map(({ MessageId: id = '', Body: body = '', ReceiptHandle: receipt = '' }) => ({
        id,
        body,
        receipt,
      }));
    },

    /** Rejects if one of them, at most ten, remains. */
    remove: async (messages: readonly Message[]): Promise<void> => {
      const Entries = messages.map(({ receipt }, index) => ({ Id: `${index}`, ReceiptHandle: receipt }));
      const command = new sqs.DeleteMessageBatchCommand({ QueueUrl: url, Entries });
      const abortSignal = AbortSignal.timeout(SHORT_TIMEOUT_MS);
      await call('DeleteMessageBatch', abortSignal, async () => {
        const { Failed = [] } = await client.send(command, { abortSignal });
        const [{ Code: name, Message: message } = {}] = Failed;
        if (Failed.length > 0) throw Object.assign(new Error(message ?? name), { name, $fault: 'server' });
      });
    },

    /** Rejects if the queue cannot be reached. */
    check: async (): Promise<void> => {
      const command = new sqs.GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: ['QueueArn'] });
      const abortSignal = AbortSignal.timeout(SHORT_TIMEOUT_MS);
      await call('GetQueueAttributes', abortSignal, () => client.send(command, { abortSignal }));
    },

    close: () => {
      client.destroy();
      transport.destroy();
    },
  };
}

/** `sqs.REGION.amazonaws.com`, endpoints of a VPC and of FIPS; `REGION.queue.amazonaws.com`, and without a region, from old SDKs. */
function regionIn(host: string): string | undefined {
  const [, region] = /(?:^|\.)(?:sqs|sqs-fips)\.([a-z]{2}(?:-[a-z]+)+-\d+)\./.exec(host) ?? [];
  if (region) return region;
  const [, legacy, old = 'us-east-1'] = /^((?:([\w-]+)\.)?queue)\.amazonaws\.com/.exec(host) ?? [];
  return legacy && old;
}
