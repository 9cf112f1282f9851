// The gateway as a function of the Fetch API's own classes: host frameworks check that a response is one of these.
import { isIP } from 'node:net';
import type { Gateway } from '../server/gateway.ts';
import type { Fetch } from './api.ts';
import type { InFlight } from './in-flight.ts';

const WITHOUT_BODY = new Set([101, 204, 205, 304]);
const BODY_READ = {
  errors: [
    { message: 'Expected a request whose body was not read before', extensions: { code: 'BAD_REQUEST' } },
  ],
};

export const fetchOf = (gateway: Gateway, inFlight: InFlight): Fetch => {
  return async (request, context) => {
    checkRequest(request);
    if (request.bodyUsed) return Response.json(BODY_READ, { status: 400 });
    const end = inFlight.begin();
    try {
      const received = await gateway.fetchEvents(request);
      if (received) {
        end();
        return received;
      }
      const { status, headers, body } = await gateway.fetch(request, connectionOf(context?.remoteAddress));
      const init = { status, headers: [...headers] as [string, string][] };
      if (body && !WITHOUT_BODY.has(status))
        return new Response(bytesOf(body, { signal: request.signal, end }), init);
      end();
      return new Response(null, init);
    } catch (error) {
      end();
      throw error;
    }
  };
};

/** Not by its class: a host may have a Request of its own. */
function checkRequest(request: Partial<Request> | undefined): void {
  const isRequest =
    typeof request?.url === 'string' &&
    typeof request.method === 'string' &&
    typeof request.headers?.get === 'function';
  if (isRequest) return;
  const got = typeof request === 'string' || request instanceof URL ? 'a URL' : 'another value';
  throw new TypeError(`gateway.fetch: expected a Request, got ${got}. Pass new Request(url, init)`);
}

/** Limits are counted by address: another text would be a caller of its own. */
const connectionOf = (address: unknown) => ({
  req: { socket: { remoteAddress: typeof address === 'string' && isIP(address) ? address : undefined } },
});

interface Client {
  signal: AbortSignal | undefined;
  /** The response is complete, or its client has left. */
  end: () => void;
}

/** A stream of the platform; the other one is the server library's. */
function bytesOf(body: ReadableStream<Uint8Array>, { signal, end }: Client): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  let isOver = false;
  let abort = () => {};
  const finish = () => {
    isOver = true;
    signal?.removeEventListener('abort', abort);
    end();
  };
  // The library's reader waits for the next bytes before it cancels; its stream does not.
  const leave = () => {
    finish();
    void Promise.allSettled([body.cancel(), reader.cancel()]);
  };
  const source: UnderlyingDefaultSource<Uint8Array> = {
    start: (controller) => {
      abort = () => {
        leave();
        controller.error(signal?.reason);
      };
      if (signal?.aborted) abort();
      else signal?.addEventListener('abort', abort, { once: true });
    },
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (isOver) return;
        if (!done) return controller.enqueue(typeof value === 'string' ? Buffer.from(value) : value);
        finish();
        controller.close();
      } catch (error) {
        if (isOver) return;
        finish();
        throw error;
      }
    },
    cancel: leave,
  };
  // A result of one chunk is complete also if its reader takes none: it does not delay `close`.
  return new ReadableStream(source, { highWaterMark: 2 });
}
