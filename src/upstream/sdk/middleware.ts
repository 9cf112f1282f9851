// Makes a call of an SDK client cheap: what the SDK does anew for each call is done once, what we do not need is left out.
// Only by its public means, a client's config and its middleware stack; checked with @smithy/core 3.41.0.

import type { Readable } from 'node:stream';
import type { IvsClient } from '@aws-sdk/client-ivs';
import type { IVSRealTimeClient } from '@aws-sdk/client-ivs-realtime';
import type { Trace } from '../call.ts';
import type { Transport } from './transport.ts';

export type Client = IvsClient | IVSRealTimeClient;

interface Args {
  /** What is called begins as the command itself, so what the command carries comes along. */
  signal: AbortSignal;
  trace: Trace | undefined;
  /** Whether AWS returns a JSON object when all is well. */
  returnsBody: boolean;
  request: Parameters<Transport['handle']>[0];
}
type Handler = (args: Args) => Promise<unknown>;
type Middleware = (next: Handler, context: object) => Handler;
interface Options {
  name: string;
  step: string;
  priority: 'high' | 'low';
  override?: true;
}
interface Stack {
  add(middleware: Middleware, options: Options): void;
  remove(name: string): boolean;
  applyToStack(stack: Pick<Stack, 'add'> & { addRelativeTo(): void }): void;
}

export function optimizeClient(client: Client, requestHandler: Transport): void {
  const stack = client.middlewareStack as unknown as Stack;
  // It copies each response for a log that we do not keep.
  stack.remove('loggerMiddleware');
  // retries.ts tries again, and counts it. The signature's step holds on to this name.
  stack.add((next) => next, {
    name: 'retryMiddleware',
    step: 'finalizeRequest',
    priority: 'high',
    override: true,
  });
  learnUserAgent(stack);
  // The last of all. With `cacheMiddleware`, `send` takes no options of one call: the command brings its signal.
  stack.add(
    () =>
      async ({ request, signal, returnsBody: hasBody, trace }) => {
        // After the signature, which must not cover what a proxy on the way may rewrite.
        Object.assign(request.headers, trace);
        const answer = await requestHandler.handle(request, { abortSignal: signal });
        if (hasBody && answer.response.statusCode < 300) objects.add(answer.response.body);
        return answer;
      },
    {
      name: 'signalMiddleware',
      step: 'deserialize',
      priority: 'low',
    },
  );

  client.config.streamCollector = collect;
}

const userAgentHeaders = ['user-agent', 'x-amz-user-agent'];

/** What the SDK says of itself does not change between calls of one operation: its first call is enough. */
function learnUserAgent(stack: Stack): void {
  const name = 'getUserAgentMiddleware';
  let original: Middleware | undefined;
  const add = (middleware: Middleware, options: Options) => {
    if (options.name === name) original = middleware;
  };
  stack.applyToStack({ add, addRelativeTo: () => {} });
  if (!original) return;
  const describe = original;
  const learning: Middleware = (next, context) => {
    let known: Record<string, string> | undefined;
    const learn = describe((args) => {
      const { headers } = args.request;
      known = Object.fromEntries(userAgentHeaders.map((header) => [header, headers[header] ?? '']));
      return next(args);
    }, context);
    return (args) => {
      if (!known) return learn(args);
      Object.assign(args.request.headers, known);
      return next(args);
    };
  };
  stack.add(learning, { name, step: 'build', priority: 'low', override: true });
}

/** The bodies that must be a JSON object: the SDK takes an empty one, a string or a list for a response without members. */
const objects = new WeakSet<object>();
const OBJECT = /^\s*\{/;

/** The largest responses of AWS, those with 500 stream events, have less than 1 MB. */
const MAX_BYTES = 16 * 1024 * 1024;

/** The body of a response. The SDK's own collector pipes it through a stream of its own. */
const collect = (body: Readable): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let size = 0;
    body.on('data', (chunk: Buffer) => {
      chunks.push(chunk);
      size += chunk.length;
      if (size > MAX_BYTES) body.destroy(new Error(`Expected a body of at most ${MAX_BYTES} bytes`));
    });
    body.on('end', () => {
      const bytes = Buffer.concat(chunks);
      if (objects.has(body) && !OBJECT.test(bytes.toString('latin1', 0, 100)))
        reject(new Error('Expected a JSON object'));
      else resolve(bytes);
    });
    body.on('error', reject);
  });
