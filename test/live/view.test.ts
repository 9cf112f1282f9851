// A view takes entries of the journal in their order, also those that two replicas wrote about the same.
import { expect, it } from 'vitest';
import { View, type ViewChange } from '../../src/live/view.ts';
import { LeapingClock } from '../support/clock.ts';

interface Item {
  id: string;
  state: number;
}

function viewOf(...items: Item[]) {
  const rules = {
    idOf: ({ id }: Item) => id,
    revive: (item: Item) => item,
    changesBy: () => [],
    concerns: () => false,
  };
  const view = new View<Item>({ name: 'v', rules, clock: new LeapingClock(), last: () => '9-0' });
  view.restart(items, '1-0', new Date());
  const heard: ViewChange<Item>[] = [];
  view.listen((change) => heard.push(change));
  let number = 0;
  const sweep = (...changes: { kind: 'added' | 'removed' | 'changed'; item: Item }[]) => {
    number += 1;
    const body = { id: `s${number}`, sweepOf: 'v', time: '2026-11-27T10:00:00Z', changes };
    view.apply({ cursor: `${number + 1}-0`, topics: [], body });
  };
  const said = () => heard.splice(0).map(({ kind, item, cursor }) => [kind, item.id, cursor]);
  return { view, sweep, said };
}
const [a, b] = [
  { id: 'a', state: 1 },
  { id: 'b', state: 1 },
];

it('what two replicas have found is a change once', () => {
  const { view, sweep, said } = viewOf(a);
  sweep({ kind: 'added', item: b });
  sweep({ kind: 'added', item: b }, { kind: 'changed', item: a });
  expect(said()).toEqual([['added', 'b', '2-0']]);
  sweep({ kind: 'removed', item: b });
  sweep({ kind: 'removed', item: b }, { kind: 'added', item: { ...a, state: 2 } });
  expect(said()).toEqual([
    ['removed', 'b', '4-0'],
    ['changed', 'a', '5-0'],
  ]);
  expect([...view.items.values()]).toEqual([{ id: 'a', state: 2 }]);
});

it('the changes of one entry have cursors of their own, behind each of which a subscriber continues', () => {
  const { view, sweep, said } = viewOf();
  sweep({ kind: 'added', item: a }, { kind: 'added', item: b });
  expect(said()).toEqual([
    ['added', 'a', '2-0.0'],
    ['added', 'b', '2-0'],
  ]);
  const behind = (cursor: string) => view.since(cursor)?.map(({ item }) => item.id);
  expect([behind('1-0'), behind('2-0.0'), behind('2-0'), behind('0-5')]).toEqual([
    ['a', 'b'],
    ['b'],
    [],
    undefined,
  ]);
});

it('an entry that was applied is not applied again', () => {
  const { view, sweep, said } = viewOf();
  sweep({ kind: 'added', item: a });
  view.apply({ cursor: '2-0', topics: [], body: { id: 's', sweepOf: 'v', time: '', changes: [] } });
  expect([said().length, view.cursor]).toEqual([1, '2-0']);
});
