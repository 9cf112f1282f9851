// A subscriber, as a browser is one (Server-Sent Events).
import { onTestFinished } from 'vitest';
import type { TestGateway } from './gateway.ts';

interface Heard {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is that of the subscription, which each test knows
  data?: any;
  errors?: { message: string; extensions: Record<string, unknown> }[];
}

export interface Listener {
  response: Response;
  /** The next message. */
  next(): Promise<Heard>;
  /** Until one of that type of the root field comes: all that came. */
  until(typename: string): Promise<Heard['data'][]>;
  /** Messages that came and were not taken yet. */
  waiting(): number;
  close(): void;
}

export async function listen(
  gateway: Pick<TestGateway, 'fetch'>,
  query: string,
  variables: Record<string, unknown> = {},
  headers: Record<string, string> = {},
): Promise<Listener> {
  const client = new AbortController();
  const response = await gateway.fetch('http://gateway/graphql', {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
    signal: client.signal,
  });
  const close = () => client.abort();
  onTestFinished(close);
  const heard: Heard[] = [];
  let wake = () => {};
  void read(response, (message) => {
    heard.push(message);
    wake();
  }).catch(() => {});
  const next = async () => {
    while (heard.length === 0) await new Promise<void>((resolve) => (wake = resolve));
    return heard.shift() as Heard;
  };
  const until = async (typename: string) => {
    const messages = [];
    for (;;) {
      const { data, errors } = await next();
      if (errors) throw new Error(`Expected no errors, got: ${JSON.stringify(errors)}`);
      const [message] = Object.values<Heard['data']>(data);
      messages.push(message);
      if (message.__typename === typename) return messages;
    }
  };
  return { response, next, until, waiting: () => heard.length, close };
}

async function read(response: Response, onMessage: (message: Heard) => void): Promise<void> {
  let text = '';
  for await (const chunk of response.body?.pipeThrough(new TextDecoderStream()) ?? []) {
    text += chunk;
    const blocks = text.split('\n\n');
    text = blocks.pop() ?? '';
    for (const block of blocks) {
      const [, json] = /^data: (.*)$/m.exec(block) ?? [];
      if (json) onMessage(JSON.parse(json));
    }
  }
}
