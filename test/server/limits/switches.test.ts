// What a document costs is remembered without the variables that switch its fields on and off.
import { expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const query = `query ($all: Boolean!, $none: Boolean!, $first: Int) {
  stages(first: $first) { nodes { name
    sessions(first: 10) @include(if: $all) @skip(if: $none) { nodes { participants(first: 10) { nodes { userId } } } } } } }`;

const codesOf = async ({ ask }: TestGateway, variables: object, document = query) =>
  (await ask(document, variables as never)).errors?.map(({ extensions }) => extensions?.code);

const EXPENSIVE = ['QUERY_TOO_EXPENSIVE'];

it.each([
  ['calls', { calls: 50 }],
  ['values', { values: 1_000 }],
])(
  '%s are counted for the values of variables that matter, in any order of requests',
  async (name, limits) => {
    const gateway = await startGateway({ server: { limits } });
    const on = { all: true, none: false };
    for (let round = 0; round < 2; round += 1) {
      expect(await codesOf(gateway, { ...on, first: 2 })).toBeUndefined();
      expect(await codesOf(gateway, { ...on, first: 100 })).toEqual(EXPENSIVE);
      // The values limit counts switched fields whatever they are switched to; the calls limit does not.
      const off = name === 'calls' ? undefined : EXPENSIVE;
      expect(await codesOf(gateway, { all: false, none: false, first: 100 })).toEqual(off);
      expect(await codesOf(gateway, { all: true, none: true, first: 100 })).toEqual(off);
    }
  },
);

it('a switch that is no Boolean, or missing, is BAD_USER_INPUT also after one that is', async () => {
  const gateway = await startGateway();
  const on = { all: true, none: false, first: 1 };
  expect(await codesOf(gateway, on)).toBeUndefined();
  for (const wrong of [{ all: 'true' }, { all: null }, { all: undefined }])
    expect(await codesOf(gateway, { ...on, ...wrong })).toEqual(['BAD_USER_INPUT']);
});
