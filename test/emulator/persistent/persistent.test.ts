// The collections of worlds: as Maps, but for their order and `fork`.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { IndexedTable } from '../../../src/emulator/persistent/indexed-table.ts';
import { SortedMap } from '../../../src/emulator/persistent/sorted-map.ts';
import { Table } from '../../../src/emulator/persistent/table.ts';

interface Item {
  order: number;
  value: number;
  past: number[];
  inner: SortedMap<string, true>;
}
type Model = Map<number, { value: number; past: number[]; inner: string[] }>;

const step = fc.record({
  kind: fc.constantFrom('set', 'set', 'set', 'delete', 'change', 'change', 'fork', 'replace'),
  which: fc.nat({ max: 9 }),
  key: fc.nat({ max: 300 }),
});

const shownOf = (map: SortedMap<number, Item>): Model =>
  new Map(
    [...map].map(([key, { value, past, inner }]) => [
      key,
      { value, past: [...past], inner: [...inner.keys()] },
    ]),
  );
const sorted = (model: Model): Model => new Map([...model].sort(([one], [other]) => one - other));

test('forks of a map go on apart from each other, with the records in them', () => {
  fc.assert(
    fc.property(fc.array(step, { minLength: 100, maxLength: 400 }), (steps) => {
      const maps = [{ map: new SortedMap<number, Item>(), model: new Map() as Model }];
      for (const [count, { kind, which, key }] of steps.entries()) {
        const place = which % maps.length;
        const { map, model } = maps[place] as (typeof maps)[number];
        if (kind === 'set') {
          map.set(key, { order: key, value: count, past: [], inner: new SortedMap() });
          model.set(key, { value: count, past: [], inner: [] });
        } else if (kind === 'delete') expect(map.delete(key)).toBe(model.delete(key));
        else if (kind === 'change') change(map, model, key, count);
        else {
          const fork = { map: map.fork(), model: structuredClone(model) };
          if (kind === 'replace' || maps.length > 9) maps[(place + 1) % maps.length] = fork;
          else maps.push(fork);
        }
      }
      for (const { map, model } of maps) {
        expect(map.size).toBe(model.size);
        expect([...shownOf(map)]).toEqual([...sorted(model)]);
        expect([...map.before()].map(([key]) => key)).toEqual([...sorted(model).keys()].reverse());
      }
    }),
    { numRuns: 60 },
  );
});

function change(map: SortedMap<number, Item>, model: Model, key: number, count: number): void {
  const [item, expected] = [map.get(key), model.get(key)];
  expect(item === undefined).toBe(expected === undefined);
  if (!item || !expected) return;
  item.value = count;
  item.past.push(count);
  item.inner.set(`k${count}`, true);
  expected.value = count;
  expected.past.push(count);
  expected.inner = [...expected.inner, `k${count}`].sort();
}

test('reads from a key on, in both directions', () => {
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat({ max: 500 }), { maxLength: 200 }),
      fc.nat({ max: 500 }),
      (keys, edge) => {
        const map = new SortedMap<number, number>();
        for (const key of keys) map.set(key, -key);
        const all = [...keys].sort((one, other) => one - other);
        const after = all.filter((key) => key > edge);
        const before = all.filter((key) => key < edge).reverse();
        expect([...map.after(edge)]).toEqual(after.map((key) => [key, -key]));
        expect([...map.before(edge)]).toEqual(before.map((key) => [key, -key]));
        for (const key of all) expect([map.has(key), map.get(key)]).toEqual([true, -key]);
        for (const key of all) map.delete(key);
        expect([map.size, [...map.keys()]]).toEqual([0, []]);
      },
    ),
  );
});

test('what comes and goes while a map is read neither ends nor repeats the reading', () => {
  const map = new SortedMap<number, number>();
  for (let key = 0; key < 1000; key += 1) map.set(key, key);
  const read: number[] = [];
  for (const [key] of map) {
    read.push(key);
    map.delete(key);
    if (key < 1000) map.set(key + 1000, key);
  }
  expect([read.length, new Set(read).size, map.size]).toEqual([2000, 2000, 0]);
});

test('a table has its records in the order of their creation, whatever their keys', () => {
  const table = new Table<{ order: number; name: string }>();
  table.set('b', { order: 1, name: 'first' }).set('a', { order: 2, name: 'second' });
  table.set('b', { order: 3, name: 'third' });
  expect([...table.values()].map(({ name }) => name)).toEqual(['second', 'third']);
  expect([table.size, table.newest()?.name, table.get('b')?.order]).toEqual([2, 'third', 3]);
  expect([table.delete('b'), table.delete('b'), table.has('b')]).toEqual([true, false, false]);
});

test('an indexed table finds records by their members, few or many, in each fork for itself', () => {
  interface Record {
    order: number;
    state: string;
  }
  const stateOf = (which: number) => `state ${which % 3}`;
  fc.assert(
    fc.property(
      fc.array(fc.nat({ max: 200 }), { maxLength: 400 }),
      fc.nat({ max: 400 }),
      (whiches, forkAt) => {
        let table = new IndexedTable<Record, 'state'>(['state']);
        let fork: { table: typeof table; model: Map<number, string> } | undefined;
        const model = new Map<number, string>();
        const check = (one: typeof table, expected: ReadonlyMap<number, string>) => {
          for (const state of [0, 1, 2].map(stateOf)) {
            const orders = [...expected]
              .flatMap(([order, its]) => (its === state ? order : []))
              .sort((a, b) => a - b);
            expect(one.count('state', state)).toBe(orders.length);
            expect([...one.with('state', state).after()].map(({ order }) => order)).toEqual(orders);
            expect([...one.with('state', state).before(100)].map(({ order }) => order)).toEqual(
              orders.filter((order) => order < 100).reverse(),
            );
          }
        };
        for (const [count, order] of whiches.entries()) {
          if (count === forkAt) {
            fork = { table, model: new Map(model) };
            table = table.fork();
          }
          const item = table.get(String(order));
          if (item) table.change(item, { state: stateOf(count) });
          else table.set(String(order), { order, state: stateOf(count) });
          model.set(order, stateOf(count));
        }
        check(table, model);
        if (fork) check(fork.table, fork.model);
      },
    ),
  );
});
