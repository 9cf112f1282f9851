// The groups of equal subscriptions that there are now.
import { setMaxListeners } from 'node:events';
import { GraphQLError, locatedError } from 'graphql';
import { isAsyncIterable } from 'graphql-yoga';
import { type Caller, createOperationContext, type RequestContext } from '../../context.ts';
import { isLiveSource, type LiveMessage, type LiveSource } from '../../events/live-source.ts';
import type { Clock } from '../../upstream/clock.ts';
import { openSource } from '../graphql-js.ts';
import { COST_HEADER } from '../http/cost-header.ts';
import type { Part } from '../operation.ts';
import type { Executed, MessageExecutor } from './executor.ts';
import { Frames } from './frames.ts';
import { Group } from './group.ts';
import { type Args, rootFieldOf } from './sharing.ts';

interface Opener {
  caller: Caller;
  requestId: string;
}

/** The context of operations that belong to no single client: they end with `signal`. */
export type CreateContext = (opener: Opener, signal: AbortSignal) => RequestContext;

/** A source that cannot be shared, or the errors of one that does not begin. */
export type Opened = Group | { iterable: AsyncIterable<unknown> } | { errors: readonly GraphQLError[] };

const ENDPOINT = 'http://gateway/graphql';
const REQUEST = new Request(ENDPOINT);

interface Observed {
  clock: Clock;
  /** The messages of a group come too fast. */
  onBehind: () => void;
}

export class Groups {
  readonly #executor: MessageExecutor;
  readonly #createContext: CreateContext;
  readonly #observed: Observed;
  readonly #openings = new Map<string, Promise<Opened>>();

  constructor(executor: MessageExecutor, createContext: CreateContext, observed: Observed) {
    this.#observed = observed;
    this.#executor = executor;
    this.#createContext = createContext;
  }

  get size(): number {
    return this.#openings.size;
  }

  /** Equal subscriptions have equal keys: they get the group that the first one opens. */
  async open(key: string | undefined, args: Args): Promise<Opened> {
    if (key === undefined) return this.#open(args, () => {});
    const known = this.#openings.get(key);
    if (!known) return this.#openShared(key, args);
    const opened = await known;
    if ('iterable' in opened) return this.#open(args, () => {});
    return opened instanceof Group && opened.isClosed ? this.open(key, args) : opened;
  }

  async #openShared(key: string, args: Args): Promise<Opened> {
    const forget = () => {
      if (this.#openings.get(key) === opening) this.#openings.delete(key);
    };
    const opening = this.#open(args, forget);
    this.#openings.set(key, opening);
    const opened = await opening;
    if (!(opened instanceof Group)) forget();
    return opened;
  }

  /** Never rejects. */
  async #open(args: Args, forget: () => void): Promise<Opened> {
    const end = new AbortController();
    // One for each message that is executed.
    setMaxListeners(0, end.signal);
    const context = this.#contextFor(args, end.signal);
    try {
      const source = await openSource({ ...args, contextValue: operationOf(context) });
      if (!isAsyncIterable(source)) return { errors: (source.errors ?? []).map(refused) };
      if (!isLiveSource(source)) {
        follow(args.contextValue.signal, end);
        return { iterable: source };
      }
      await readyOrClosed(source);
      const { schema, document, operationName, variableValues } = args;
      const executed = {
        args: { schema, document, operationName, variableValues, signal: end.signal },
        context,
      };
      return new Group(source, (message) => this.#run(executed, message as LiveMessage), {
        ...this.#observed,
        onEmpty: () => {
          forget();
          end.abort();
        },
      });
    } catch (error) {
      end.abort();
      return { errors: [atRoot(args, error)] };
    }
  }

  /** Nothing in it belongs to the client that came first, but the id under which the log has what fails. */
  #contextFor({ contextValue: { request, requestId, caller } }: Args, signal: AbortSignal) {
    const cost = request.headers.get(COST_HEADER);
    const own = cost === null ? REQUEST : new Request(ENDPOINT, { headers: { [COST_HEADER]: cost } });
    return Object.assign(this.#createContext({ caller, requestId }, signal), { request: own, requestId });
  }

  /** Results that are there at once are texts at once: a thousand contexts that wait for each other's are copied by each GC. */
  #run(executed: Executed, message: LiveMessage): Frames | Promise<Frames> {
    const { cursor } = message;
    const textOf = (result: Part) => this.#executor.textOf(executed, result);
    const framesOf = (json: string) => new Frames([{ cursor, json }]);
    const result = this.#executor.execute(executed, message);
    const text = result instanceof Promise ? result.then(textOf) : textOf(result);
    return typeof text === 'string' ? framesOf(text) : text.then(framesOf);
  }
}

/** A source that never begins is used no more. */
async function readyOrClosed(source: LiveSource): Promise<void> {
  try {
    await source.ready();
  } catch (error) {
    source.close();
    throw error;
  }
}

const operationOf = (context: RequestContext) =>
  Object.assign(Object.create(context), createOperationContext(context));

/** As the execution refuses what it cannot begin. */
const refused = (error: GraphQLError): GraphQLError =>
  error.path
    ? error
    : new GraphQLError(error.message, { nodes: error.nodes, extensions: { http: { status: 400 } } });

function atRoot(args: Args, error: unknown): GraphQLError {
  const field = rootFieldOf(args);
  return locatedError(error, field, field && [field.alias?.value ?? field.name.value]);
}

/** What is not shared ends with its client. */
function follow(client: AbortSignal, end: AbortController): void {
  if (client.aborted) end.abort(client.reason);
  else client.addEventListener('abort', () => end.abort(client.reason), { once: true });
}
