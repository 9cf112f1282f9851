// The values of a Map from which none is removed, as a list: a page of it costs no more than its items.

interface Followed {
  rest: Iterator<unknown>;
  list: unknown[];
}

const followed = new WeakMap<ReadonlyMap<unknown, unknown>, Followed>();

/** In the order in which they were added. */
export function valuesOf<T>(map: ReadonlyMap<unknown, T>): readonly T[] {
  const known = followed.get(map) ?? { rest: map.values(), list: [] };
  followed.set(map, known);
  // An iterator of a Map continues with what is added later, until it has once said that it is done
  while (known.list.length < map.size) known.list.push(known.rest.next().value);
  return known.list as T[];
}
