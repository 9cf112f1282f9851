import {
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isAbstractType,
  isObjectType,
} from 'graphql';
import { expect, it } from 'vitest';
import { schema } from '../../../src/schema/index.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { type Pool, poolOf } from '../../support/pool.ts';
import { QueryWriter } from '../../support/random-query.ts';

type Counts = Record<string, number>;

/** A page of a list may take the place of calls for single things, and so may a batch. */
const nounOf = (operation: string) =>
  operation
    .replace(/^(BatchGet|Get|List)/, '')
    .replace(/ies$/, 'y')
    .replace(/s$/, '');

function byNoun(calls: Counts): Counts {
  const counts: Counts = {};
  for (const [operation, count] of Object.entries(calls)) {
    counts[nounOf(operation)] = (counts[nounOf(operation)] ?? 0) + count;
  }
  return counts;
}

/** What a query called beyond its estimate. */
async function excessOf({ ask, calls }: TestGateway, query: string): Promise<string[]> {
  calls();
  const { extensions, errors } = await ask(query, {}, { headers: { 'x-ivs-cost': 'dryRun' } });
  expect(calls()).toEqual({});
  // A document that is not valid is no test.
  expect({ query, errors, cost: extensions?.ivs }).toMatchObject({ cost: { operations: expect.any(Array) } });
  await ask(query);
  const estimate: Counts = {};
  for (const { operation, calls: some } of extensions?.ivs?.operations ?? []) {
    estimate[operation] = (estimate[operation] ?? 0) + some;
  }
  const most = byNoun(estimate);
  return Object.entries(byNoun(calls()))
    .filter(([noun, count]) => count > (most[noun] ?? 0))
    .map(([noun, count]) => `${count} calls for ${noun}, at most ${most[noun] ?? 0} were told: ${query}`);
}

async function demo(): Promise<{ gateway: TestGateway; pool: Pool }> {
  const gateway = await startGateway({ seed: 'demo', requestTimeoutMs: 3_600_000 });
  return { gateway, pool: await poolOf(gateway) };
}

it('no random query calls more than its estimate', async () => {
  const { gateway, pool } = await demo();
  const excess: string[] = [];
  for (let seed = 1; seed <= 250; seed += 1) {
    excess.push(...(await excessOf(gateway, new QueryWriter(schema, pool, seed).query())));
  }
  expect(excess).toEqual([]);
});

type Path = GraphQLField<unknown, unknown>[];

/** A shortest way from Query to each object type. */
function pathsToTypes(): Map<GraphQLObjectType, Path> {
  const root = schema.getQueryType() as GraphQLObjectType;
  const paths = new Map<GraphQLObjectType, Path>([[root, []]]);
  for (const [type, path] of paths) {
    for (const field of Object.values(type.getFields())) {
      const to = getNamedType(field.type);
      const types = isAbstractType(to) ? schema.getPossibleTypes(to) : isObjectType(to) ? [to] : [];
      for (const one of types) if (!paths.has(one)) paths.set(one, [...path, field]);
    }
  }
  return paths;
}

it('no single field calls more than its estimate, wherever it stands', async () => {
  const { gateway, pool } = await demo();
  const excess: string[] = [];
  for (const [type, path] of pathsToTypes()) {
    for (const field of Object.values(type.getFields())) {
      const writer = new QueryWriter(schema, pool, 1);
      excess.push(...(await excessOf(gateway, `{ ${writer.path([...path, field])} }`)));
    }
  }
  expect(excess).toEqual([]);
});
