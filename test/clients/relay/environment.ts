import { meros } from 'meros/browser';
import {
  Environment,
  type FetchFunction,
  type GraphQLResponse,
  Network,
  Observable,
  RecordSource,
  Store,
} from 'relay-runtime';

interface Part {
  data?: object;
  errors?: object[];
  extensions?: object;
  hasNext?: boolean;
  incremental?: { data?: object; path: (string | number)[]; label?: string; errors?: object[] }[];
}

export const createEnvironment = (url: string) =>
  new Environment({ network: Network.create(fetchFrom(url)), store: new Store(new RecordSource()) });

const fetchFrom =
  (url: string): FetchFunction =>
  ({ text, id }, variables) =>
    Observable.create((sink) => {
      const client = new AbortController();
      const asked = fetch(url, {
        method: 'POST',
        headers: { 'content-type': 'application/json', accept: 'multipart/mixed, application/json' },
        // Persisted operations have an id in place of their text.
        body: JSON.stringify(text ? { query: text, variables } : { documentId: id, variables }),
        signal: client.signal,
      });
      asked
        .then(async (response) => {
          for await (const part of partsOf(response)) sink.next(toRelay(part));
          sink.complete();
        })
        .catch((error) => sink.error(error));
      return () => client.abort();
    });

async function* partsOf(response: Response): AsyncGenerator<Part> {
  const read = await meros<Part>(response);
  if ('json' in read) yield (await read.json()) as Part;
  else for await (const { body } of read) yield body as Part;
}

/** Relay takes the parts one by one, each with its label and path. */
function toRelay({ incremental, hasNext, ...first }: Part): GraphQLResponse {
  const parts = incremental?.map((part) => ({ ...part, extensions: { is_final: !hasNext } })) ?? [first];
  return parts as GraphQLResponse;
}
