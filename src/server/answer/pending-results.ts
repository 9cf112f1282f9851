// Parts of the form of 2022 as those of the newer one (specs.apollo.dev/incremental/v0.2): each deferred fragment and streamed
// list is announced under an id as `pending`, together with the object that it will be added to, and `completed` at its end.
import { GraphQLError } from 'graphql';
import type { IncrementalEntry, Part } from '../operation.ts';
import type { Marker } from './pending-markers.ts';

type Path = readonly (string | number)[];
interface Pending {
  id: string;
  path: Path;
  label?: string;
}
interface Completed {
  id: string;
  errors?: readonly GraphQLError[];
}
interface Changes {
  pending: Pending[];
  incremental: { id: string; errors?: readonly GraphQLError[] }[];
  completed: Completed[];
}
interface Open extends Pending {
  isStream: boolean;
}

/** `markers`: those whose condition holds. */
export async function* withPending(
  parts: AsyncIterable<Part>,
  markers: ReadonlyMap<string, Marker | undefined>,
): AsyncGenerator<Part> {
  const results = new PendingResults(markers);
  for await (const part of parts) yield* results.translate(part);
}

/** A result that is whole after all. */
export function withoutMarkers(result: Part, markers: ReadonlyMap<string, Marker | undefined>): void {
  new PendingResults(markers).translate(result).next();
}

class PendingResults {
  readonly #markers: ReadonlyMap<string, Marker | undefined>;
  /** By what is announced and where; a fragment that is reached in two ways comes twice. */
  readonly #open = new Map<string, Open[]>();
  /** Fragments that came before the object with their marker. */
  readonly #early = new Map<string, number>();
  #ids = 0;
  /** In the part that is being made. */
  #hasBegunList = false;

  constructor(markers: ReadonlyMap<string, Marker | undefined>) {
    this.#markers = markers;
  }

  *translate({ incremental = [], errors, ...part }: Part): Generator<Part> {
    let changes = noChanges();
    if ('data' in part) {
      this.#read(part.data, [], changes);
      return yield { ...part, ...(errors && { errors }), ...(part.hasNext && { pending: changes.pending }) };
    }
    this.#hasBegunList = false;
    for (const [index, entry] of incremental.entries()) {
      this.#add(entry, changes);
      const isLast = index === incremental.length - 1;
      // Apollo Client looks for the beginning of an announced list in all of the data that a part holds.
      if (isLast || !this.#hasBegunList) continue;
      yield { ...filled(changes), hasNext: true };
      this.#hasBegunList = false;
      changes = noChanges();
    }
    if (!part.hasNext) this.#completeRest(errors, changes);
    yield { ...filled(changes), ...part };
  }

  /** Takes the markers out of data, and announces what they stand for. */
  #read(value: unknown, path: Path, changes: Changes): void {
    if (typeof value !== 'object' || value === null) return;
    const object = value as Record<string, unknown>;
    for (const name of Object.keys(object)) {
      if (!this.#markers.has(name)) continue;
      delete object[name];
      this.#announce(name, object, path, changes);
    }
    for (const [key, child] of Object.entries(object))
      this.#read(child, [...path, Array.isArray(value) ? Number(key) : key], changes);
  }

  #announce(name: string, object: Record<string, unknown>, path: Path, changes: Changes): void {
    const marker = this.#markers.get(name);
    if (!marker) return;
    const { label, field } = marker;
    if (field === undefined) this.#announceFragment(name, label, path, changes);
    else if (Array.isArray(object[field])) this.#announceList([...path, field], label, changes);
  }

  #announceList(path: Path, label: string | undefined, changes: Changes): void {
    const key = keyOf('', path);
    // Selected twice, it is one list.
    if (this.#open.has(key)) return;
    this.#hasBegunList = true;
    changes.pending.push(this.#begin(key, path, label, true));
  }

  #announceFragment(name: string, label: string | undefined, path: Path, changes: Changes): void {
    const key = keyOf(name, path);
    const early = this.#early.get(key) ?? 0;
    if (early > 0) this.#early.set(key, early - 1);
    else changes.pending.push(this.#begin(key, path, label, false));
  }

  #begin(key: string, path: Path, label: string | undefined, isStream: boolean): Pending {
    const pending = { id: String(this.#ids), path, ...(label !== undefined && { label }) };
    this.#ids += 1;
    this.#open.set(key, [...(this.#open.get(key) ?? []), { ...pending, isStream }]);
    return pending;
  }

  #add(entry: IncrementalEntry, changes: Changes): void {
    if (entry.items === undefined) this.#addFragment(entry, changes);
    else this.#addItems(entry, changes);
  }

  #addFragment({ label = '', path = [], data, errors }: IncrementalEntry, changes: Changes): void {
    const key = keyOf(label, path);
    const id = this.#end(key) ?? this.#announceEarly(key, label, path, changes);
    if (!data) return void changes.completed.push(failed(id, errors));
    this.#read(data, path, changes);
    changes.incremental.push({ id, data, ...(errors && { errors }) } as Changes['incremental'][0]);
    changes.completed.push({ id });
  }

  #announceEarly(key: string, label: string, path: Path, changes: Changes): string {
    const pending = this.#begin(key, path, this.#markers.get(label)?.label, false);
    this.#end(key);
    this.#early.set(key, (this.#early.get(key) ?? 0) + 1);
    changes.pending.push(pending);
    return pending.id;
  }

  #addItems({ path = [], items, errors }: IncrementalEntry, changes: Changes): void {
    const list = path.slice(0, -1);
    const open = this.#open.get(keyOf('', list))?.[0];
    // A list that has failed is over.
    if (open && !items) this.#fail(list, errors, changes);
    if (!open || !items) return;
    for (const [index, item] of (items as unknown[]).entries())
      this.#read(item, [...list, Number(path.at(-1)) + index], changes);
    changes.incremental.push({ id: open.id, items, ...(errors && { errors }) } as Changes['incremental'][0]);
  }

  /** The executor drops what belongs to a list that fails. */
  #fail(list: Path, errors: readonly GraphQLError[] | undefined, changes: Changes): void {
    for (const [key, some] of this.#open) {
      if (!list.every((step, index) => some[0]?.path[index] === step)) continue;
      this.#open.delete(key);
      changes.completed.push(...some.map(({ id }) => failed(id, errors)));
    }
  }

  #end(key: string): string | undefined {
    const [first, ...rest] = this.#open.get(key) ?? [];
    if (rest.length > 0) this.#open.set(key, rest);
    else this.#open.delete(key);
    return first?.id;
  }

  /** The end of a list is not announced before the end of all. A fragment that has not come by then never will. */
  #completeRest(errors: readonly GraphQLError[] | undefined, changes: Changes): void {
    for (const { id, isStream } of [...this.#open.values()].flat())
      changes.completed.push(isStream && !errors ? { id } : failed(id, errors));
    this.#open.clear();
  }
}

const keyOf = (label: string, path: Path): string => JSON.stringify([label, path]);

const noChanges = (): Changes => ({ pending: [], incremental: [], completed: [] });

const filled = (changes: Changes): Partial<Changes> =>
  Object.fromEntries(Object.entries(changes).filter(([, some]) => some.length > 0));

const failed = (id: string, errors: readonly GraphQLError[] = [dropped()]): Completed => ({ id, errors });

const dropped = () =>
  new GraphQLError('A field that this fragment shares with another one failed, and the fragment with it.', {
    extensions: { code: 'INTERNAL_SERVER_ERROR' },
  });
