// Whatever is asked, and however it is taken apart: put together, it is the answer that comes at once.
import {
  getNullableType,
  isListType,
  Kind,
  OperationTypeNode,
  parse,
  print,
  type SelectionSetNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { startGateway } from '../../support/gateway.ts';
import { all, askInParts, merge, mergePending, PENDING } from '../../support/parts.ts';
import { poolOf } from '../../support/pool.ts';
import { QueryWriter } from '../../support/random-query.ts';

const directive = (name: string, given: string) => {
  const [operation] = parse(`{ a @${name}${given} }`).definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== OperationTypeNode.QUERY)
    return [];
  return operation.selectionSet.selections[0]?.directives ?? [];
};

/** Streams each list, and defers the last field of each selection; `seed` says from which item on. */
function takeApart(query: string, seed: number): string {
  const types = new TypeInfo(schema);
  let count = seed;
  return print(
    visit(
      parse(query),
      visitWithTypeInfo(types, {
        Field: {
          leave: (node) => {
            const type = types.getType();
            if (!type || !isListType(getNullableType(type))) return undefined;
            count += 1;
            return { ...node, directives: directive('stream', `(initialCount: ${count % 3})`) };
          },
        },
        SelectionSet: {
          leave: ({ selections, ...node }): SelectionSetNode | undefined => {
            const last = selections.at(-1);
            if (last?.kind !== Kind.FIELD || selections.length < 2) return undefined;
            const deferred = { kind: Kind.INLINE_FRAGMENT, directives: directive('defer', '') } as const;
            const selectionSet = { kind: Kind.SELECTION_SET, selections: [last] } as const;
            return { ...node, selections: [...selections.slice(0, -1), { ...deferred, selectionSet }] };
          },
        },
      }),
    ),
  );
}

const byPath = (errors: readonly unknown[] | undefined) =>
  (errors as { message: string; path: unknown }[] | undefined)
    ?.map(({ message, path }) => `${JSON.stringify(path)} ${message}`)
    .sort();

it('random queries taken apart', async () => {
  const limits = { directives: 10_000, parts: 1_000_000 };
  const gateway = await startGateway({ seed: 'demo', requestTimeoutMs: 3_600_000, server: { limits } });
  const pool = await poolOf(gateway);
  let parts = 0;
  for (let seed = 1; seed <= 120; seed += 1) {
    const query = new QueryWriter(schema, pool, seed).query();
    const whole = await gateway.ask(query);
    const apart = takeApart(query, seed);
    const come = await all((await askInParts(gateway, apart)).parts);
    parts += come.length;
    const merged = merge(come);
    expect(merged.data, apart).toEqual(whole.data);
    expect(byPath(merged.errors), apart).toEqual(byPath(whole.errors));
    const pending = await all((await askInParts(gateway, apart, { headers: PENDING })).parts);
    expect(JSON.stringify(pending)).not.toMatch(/"__[0-9a-f]{16}/);
    const same = mergePending(pending);
    expect(same.data, apart).toEqual(whole.data);
    expect(byPath(same.errors), apart).toEqual(byPath(whole.errors));
  }
  expect(parts).toBeGreaterThan(240);
});
