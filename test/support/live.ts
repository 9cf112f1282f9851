// A source that tests speak into, and readers of what its subscribers receive.
import { GraphQLInt, GraphQLNonNull, GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { onTestFinished } from 'vitest';
import type { LiveSource } from '../../src/events/live-source.ts';
import { schema } from '../../src/schema/index.ts';
import { startGateway, type TestGateway, type TestGatewayOptions } from './gateway.ts';

interface Message {
  cursor: string;
  /** `state` holds all before it, `gap` says that some were missed. */
  kind: 'state' | 'said' | 'gap';
  number: number;
}

class TestSource implements LiveSource<Message> {
  /** One for each number, so that those who join at the same one share it. */
  readonly #states = new Map<number, Message>();
  readonly #said: Message[] = [];
  readonly listeners = new Set<(message: Message) => void>();
  readonly counts = { opened: 0, closed: 0, executed: 0, resumed: 0 };
  ready: () => Promise<void> = async () => {};
  /** What the execution of a message waits for. */
  executing: (message: Message) => Promise<void> | void = () => {};

  say(): number {
    const number = this.#said.length + 1;
    const message: Message = { cursor: `c${number}`, kind: 'said', number };
    this.#said.push(message);
    for (const listener of [...this.listeners]) listener(message);
    return number;
  }

  join(after: string | undefined, listener: (message: Message) => void) {
    this.listeners.add(listener);
    const seen = after === undefined ? undefined : Number(after.slice(1));
    return {
      first: seen === undefined ? [this.#state()] : this.#said.slice(seen),
      leave: () => void this.listeners.delete(listener),
    };
  }

  resume() {
    this.counts.resumed += 1;
    const { cursor, number } = this.#state();
    return [{ cursor, kind: 'gap', number } as const, this.#state()];
  }

  #state(): Message {
    const number = this.#said.length;
    const state = this.#states.get(number) ?? ({ cursor: `c${number}`, kind: 'state', number } as const);
    this.#states.set(number, state);
    return state;
  }

  close() {
    this.counts.closed += 1;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Message> {
    yield this.#state();
  }
}

/** `Subscription.said(topic, after)`: what `source` says, by all topics. */
function schemaOf(source: TestSource): GraphQLSchema {
  const type = new GraphQLObjectType<Message>({
    name: 'Said',
    fields: {
      kind: { type: GraphQLString },
      number: { type: new GraphQLNonNull(GraphQLInt) },
      padding: {
        type: GraphQLString,
        args: { length: { type: GraphQLInt } },
        resolve: (_, { length }) => 'x'.repeat(length),
      },
      fault: {
        type: GraphQLString,
        resolve: () => {
          throw new Error('password in /etc/secret');
        },
      },
    },
  });
  const said = {
    type,
    args: { topic: { type: GraphQLString }, after: { type: GraphQLString } },
    subscribe: () => {
      source.counts.opened += 1;
      return source;
    },
    resolve: async (message: Message) => {
      source.counts.executed += 1;
      await source.executing(message);
      return message;
    },
  };
  const subscription = new GraphQLObjectType({ name: 'Subscription', fields: { said } });
  const { types, ...config } = schema.toConfig();
  const others = types.filter(({ name }) => name !== 'Subscription');
  return new GraphQLSchema({ ...config, types: others, subscription });
}

/** Ticks of the second, when the test says so. */
class TestTicks {
  #run: (() => void)[] = [];
  readonly every = (_: number, run: () => void) => {
    this.#run.push(run);
    return () => {
      this.#run = this.#run.filter((other) => other !== run);
    };
  };

  pass(seconds: number): void {
    for (let second = 0; second < seconds; second += 1) for (const run of this.#run) run();
  }
}

export async function startLive({ server, ...options }: TestGatewayOptions = {}) {
  const source = new TestSource();
  const ticks = new TestTicks();
  const gateway = await startGateway({
    ...options,
    server: { schema: schemaOf(source), every: ticks.every, ...server },
  });
  return { source, ticks, gateway };
}

export const SAID = 'subscription ($after: String) { said(after: $after) { kind number } }';

export interface Reader {
  response: Response;
  /** The text until it holds so many of what matches. */
  until(pattern: RegExp, count?: number): Promise<string>;
  /** The text at the end of the stream. */
  end(): Promise<string>;
  leave(): void;
}

/** `url` where the gateway listens; else without a socket. */
export async function listen(
  gateway: Pick<TestGateway, 'fetch'>,
  {
    query = SAID,
    variables,
    headers,
    url,
  }: { query?: string; variables?: object; headers?: Record<string, string>; url?: string } = {},
): Promise<Reader> {
  const client = new AbortController();
  onTestFinished(() => client.abort());
  const init = {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'text/event-stream', ...headers },
    body: JSON.stringify({ query, variables }),
    signal: client.signal,
  };
  const response = url ? await fetch(url, init) : await gateway.fetch('http://gateway/graphql', init);
  return { response, ...readerOf(response), leave: () => client.abort() };
}

function readerOf(response: Response) {
  const body = (response.body as ReadableStream<Uint8Array>).getReader();
  const decoder = new TextDecoder();
  let text = '';
  const more = async (): Promise<boolean> => {
    const { done, value } = await body.read();
    text += decoder.decode(value, { stream: true });
    return !done;
  };
  return {
    until: async (pattern: RegExp, count = 1) => {
      const found = () => [...text.matchAll(new RegExp(pattern, 'gm'))].length;
      while (found() < count)
        if (!(await more())) throw new Error(`Expected ${count} times ${pattern}, got: ${text}`);
      return text;
    },
    end: async () => {
      while (await more());
      return text;
    },
  };
}

/** What a subscriber was told, in the order of its text. */
export const saidIn = (text: string): string[] =>
  [...text.matchAll(/"kind":"(\w+)","number":(\d+)/g)].map(([, kind, number]) => `${kind} ${number}`);
