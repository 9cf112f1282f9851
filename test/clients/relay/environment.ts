import type { RequestParams } from 'graphql-sse';
import { meros } from 'meros/browser';
import {
  Environment,
  type FetchFunction,
  type GraphQLResponse,
  Network,
  Observable,
  RecordSource,
  type RequestParameters,
  Store,
  type SubscribeFunction,
  type Variables,
} from 'relay-runtime';
import { createLiveClient } from '../sse/client.ts';

interface Part {
  data?: object;
  errors?: object[];
  extensions?: object;
  hasNext?: boolean;
  incremental?: Increment[];
}
interface Increment {
  data?: object | null;
  /** Of a streamed list; the path is that of the first of them. */
  items?: object[] | null;
  path: (string | number)[];
  label?: string;
  errors?: object[];
}

export const createEnvironment = (url: string) =>
  new Environment({
    network: Network.create(fetchFrom(url), subscribeTo(url)),
    store: new Store(new RecordSource()),
  });

/** Persisted operations have an id in place of their text. */
const bodyOf = ({ text, id }: RequestParameters, variables: Variables) =>
  text ? { query: text, variables } : { documentId: id, variables };

const fetchFrom =
  (url: string): FetchFunction =>
  (operation, variables) =>
    Observable.create((sink) => {
      const client = new AbortController();
      const asked = fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'multipart/mixed, application/json' },
        body: JSON.stringify(bodyOf(operation, variables)),
        signal: client.signal,
      });
      asked
        .then(async (response) => {
          for await (const part of partsOf(response)) if (!isEmpty(part)) sink.next(toRelay(part));
          sink.complete();
        })
        .catch((error) => sink.error(error));
      return () => client.abort();
    });

function subscribeTo(url: string): SubscribeFunction {
  const client = createLiveClient({ url });
  return (operation, variables) =>
    Observable.create((sink) =>
      client.subscribe(bodyOf(operation, variables) as RequestParams, {
        next: (result) => sink.next(result as GraphQLResponse),
        error: (error) => sink.error(error as Error),
        complete: () => sink.complete(),
      }),
    );
}

async function* partsOf(response: Response): AsyncGenerator<Part> {
  const read = await meros<Part>(response);
  if ('json' in read) yield (await read.json()) as Part;
  else for await (const { body } of read) yield body as Part;
}

/** The last part may say no more than that it is the last. */
const isEmpty = ({ data, errors, incremental }: Part) => !data && !errors && !incremental;

/** Relay takes deferred fragments and streamed items one by one, each with its label and path. */
function toRelay({ incremental, hasNext, ...first }: Part): GraphQLResponse {
  const increments = incremental?.flatMap(oneByOne);
  const parts = increments?.map((part) => ({ ...part, extensions: { is_final: !hasNext } })) ?? [first];
  return parts as GraphQLResponse;
}

function oneByOne({ items, path, ...part }: Increment): Increment[] {
  if (!items) return [{ ...part, path }];
  const list = path.slice(0, -1);
  const first = Number(path.at(-1));
  return items.map((data, offset) => ({ ...part, data, path: [...list, first + offset] }));
}
