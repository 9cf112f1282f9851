import { type Client, type ClientOptions, createClient, type RequestParams, type Sink } from 'graphql-sse';

type Result = { data?: unknown };

/**
 * graphql-sse connects again by itself, but does not read the `id:` of messages. So the subscription selects `cursor`, and this
 * sends the last one: the gateway continues behind it.
 */
export function createLiveClient(options: { url: string; token?: () => string } & Partial<ClientOptions>) {
  const cursors = new WeakMap<RequestParams, string>();
  const { token, ...rest } = options;
  const client: Client = createClient({
    retryAttempts: Number.POSITIVE_INFINITY,
    headers: (request) => ({
      ...(token && { authorization: `Bearer ${token()}` }),
      'last-event-id': cursors.get(request) ?? '',
    }),
    ...rest,
  });
  const subscribe = <Data>(request: RequestParams, sink: Sink<{ data?: Data | null }>) =>
    client.subscribe<Data>(request, {
      next: (result) => {
        sink.next(result as { data?: Data | null });
        const cursor = cursorIn(result);
        if (cursor) cursors.set(request, cursor);
      },
      error: (error) => sink.error(error),
      complete: () => sink.complete(),
    });
  return { subscribe, dispose: () => client.dispose() };
}

/** A subscription has one field. */
function cursorIn({ data }: Result): string | undefined {
  const [message] = Object.values(data ?? {}) as { cursor?: string }[];
  return message?.cursor;
}
