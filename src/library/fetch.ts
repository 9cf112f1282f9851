// The gateway as a function of the Fetch API's own classes: host frameworks check that a response is one of these.
import type { Gateway } from '../server/gateway.ts';
import type { Fetch } from './api.ts';
import type { InFlight } from './in-flight.ts';

const WITHOUT_BODY = new Set([101, 204, 205, 304]);

export const fetchOf =
  (gateway: Gateway, inFlight: InFlight): Fetch =>
  async (request, { remoteAddress } = {}) => {
    const end = inFlight.begin();
    try {
      const received = await gateway.fetchEvents(request);
      if (received) {
        end();
        return received;
      }
      const context = { req: { socket: { remoteAddress } } };
      const { status, headers, body } = await gateway.fetch(request, context);
      const init = { status, headers: [...headers] as [string, string][] };
      if (body && !WITHOUT_BODY.has(status)) return new Response(bytesOf(body, end), init);
      end();
      return new Response(null, init);
    } catch (error) {
      end();
      throw error;
    }
  };

/** A stream of the platform; the other one is the server library's. */
function bytesOf(body: ReadableStream<Uint8Array>, end: () => void): ReadableStream<Uint8Array> {
  const reader = body.getReader();
  return new ReadableStream({
    pull: async (controller) => {
      try {
        const { done, value } = await reader.read();
        if (!done) return controller.enqueue(typeof value === 'string' ? Buffer.from(value) : value);
        controller.close();
        end();
      } catch (error) {
        end();
        throw error;
      }
    },
    cancel: (reason) => {
      end();
      return reader.cancel(reason);
    },
  });
}
