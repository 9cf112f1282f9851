// What inputs may hold, from the model and the constraints upon it.
import { expect } from 'vitest';
import { lowLatencyExclusive } from '../../../src/emulator/model/constraints/low-latency.ts';
import { realtimeExclusive } from '../../../src/emulator/model/constraints/realtime.ts';
import { errorStatus, type Operation, type Shape } from '../../../src/emulator/model/model.ts';
import { all, audit, outcome, type Subject } from './audit.ts';
import { type Case, exampleFor, limits, nameOf, type Site, sitesOf, violations, withValue } from './sites.ts';
import { remote } from './target.ts';

const exclusive = { ...lowLatencyExclusive, ...realtimeExclusive };
const ruleOf = ({ input }: Operation) => exclusive[input.name];

const wrongTypes: Record<Shape['kind'], unknown> = {
  string: 1,
  number: 'one',
  boolean: 'true',
  timestamp: 1,
  list: {},
  map: [],
  structure: 'x',
};

/** Each case is refused with this error, and the error names the member; against AWS its text is AWS's own. */
async function expectRefused(
  { operation, target, sample }: Subject,
  cases: Case[],
  type = 'ValidationException',
) {
  const outcomes: Record<string, string> = {};
  for (const { name, path, value } of cases) {
    const answer = await target.call(operation, withValue(operation, sample, path, value));
    const text = String(answer.body.exceptionMessage ?? answer.body.message);
    const member = path.findLast((part) => typeof part === 'string' && part !== 'k') as string;
    outcomes[name] =
      outcome(answer) + (remote || text.includes(member) ? '' : `, which does not name it: ${text}`);
  }
  expect(outcomes).toEqual(
    all(
      cases.map(({ name }) => name),
      `400 ${type}`,
    ),
  );
}

const removable = (operation: Operation): Site[] =>
  sitesOf(operation).filter(({ required, binding }) => required && binding !== 'path');
const typed = (operation: Operation): Site[] =>
  sitesOf(operation).filter(({ binding }) => binding === 'body');

const violated = (id: string, rule: string, kind: Parameters<typeof violations>[1]) =>
  audit(id, rule, (subject) => expectRefused(subject, violations(subject.operation, kind)), {
    needs: 'refusal',
    applies: (operation) => violations(operation, kind).length > 0,
  });

export const validation = [
  audit(
    'V1',
    'MUST refuse an input without a required member',
    (subject) => {
      const cases = removable(subject.operation).map((site) => ({
        name: `no ${nameOf(site)}`,
        path: site.path,
        value: undefined,
      }));
      return expectRefused(subject, cases);
    },
    { needs: 'refusal', applies: (operation) => removable(operation).length > 0 },
  ),

  audit(
    'V2',
    'MUST refuse a member of another JSON type',
    (subject) => {
      const cases = typed(subject.operation).map((site) => ({
        name: `${nameOf(site)} as ${JSON.stringify(wrongTypes[site.shape.kind])}`,
        path: site.path,
        value: wrongTypes[site.shape.kind],
      }));
      return expectRefused(subject, cases, 'SerializationException');
    },
    { needs: 'refusal', applies: (operation) => typed(operation).length > 0 },
  ),

  violated('V3', 'MUST refuse what is below a minimum', 'min'),
  violated('V4', 'MUST refuse what is above a maximum', 'max'),
  violated('V5', 'MUST refuse what does not match a pattern', 'pattern'),
  violated('V6', 'MUST refuse what is no value of an enum', 'oneOf'),

  audit(
    'V7',
    'MUST refuse two filters that exclude each other',
    async ({ operation, target, sample }) => {
      const { members = [], error = '' } = ruleOf(operation) ?? {};
      const outcomes: Record<string, string> = {};
      const sites = sitesOf(operation).filter(({ path }) => members.includes(nameOf({ path })));
      for (const [index, first] of sites.entries()) {
        for (const second of sites.slice(index + 1)) {
          const valid = (site: Site) => exampleFor(operation, site);
          const one = withValue(operation, sample, first.path, valid(first));
          const both = withValue(operation, one, second.path, valid(second));
          outcomes[`${nameOf(first)} and ${nameOf(second)}`] = outcome(await target.call(operation, both));
        }
      }
      expect(Object.keys(outcomes)).toHaveLength((members.length * (members.length - 1)) / 2);
      expect(outcomes).toEqual(all(Object.keys(outcomes), `${errorStatus.get(error)} ${error}`));
    },
    { needs: 'refusal', applies: (operation) => ruleOf(operation) !== undefined },
  ),

  audit(
    'V8',
    'MUST ignore members that it does not have',
    async ({ operation, target, ready }) => {
      const input = { ...(await ready()), surprise: { deep: [1] }, constructor: 1 };
      expect(outcome(await target.call(operation, input))).toBe(String(operation.status));
    },
    { needs: 'success', applies: ({ method }) => method === 'POST' },
  ),

  audit(
    'V9',
    'MUST read null as absent',
    async ({ operation, target, ready }) => {
      const absent = [...operation.input.members]
        .filter(([, { required, binding }]) => !required && binding === 'body')
        .map(([name]) => [name, null]);
      const input = await ready();
      const given = Object.entries(input).filter(([name]) => operation.input.members.get(name)?.required);
      const nulls = Object.fromEntries([...absent, ...given]);
      expect(outcome(await target.call(operation, nulls))).toBe(String(operation.status));
    },
    { needs: 'success', applies: ({ method }) => method === 'POST' },
  ),

  audit(
    'V10',
    'MUST refuse a body that is no JSON object',
    async ({ operation, target }) => {
      const outcomes: Record<string, string> = {};
      const bodies = ['{"arn":', '[]', 'null', '"text"', '<html>'];
      for (const body of bodies) outcomes[body] = outcome(await target.call(operation, body));
      expect(outcomes).toEqual(all(bodies, '400 SerializationException'));
    },
    { needs: 'refusal', applies: ({ method, path }) => method === 'POST' && !path.includes('{') },
  ),

  audit(
    'V11',
    'MUST NOT refuse a bound itself, nor any value of an enum',
    async ({ operation, target, sample }) => {
      const refused: string[] = [];
      for (const { name, path, value } of limits(operation)) {
        const { body } = await target.call(operation, withValue(operation, sample, path, value));
        // What a resource makes of a valid input is another thing: most ARNs at their bounds name nothing
        if (/validation errors? detected/.test(String(body.exceptionMessage)))
          refused.push(`${name}: ${body.exceptionMessage}`);
      }
      expect(refused).toEqual([]);
    },
    { applies: (operation) => limits(operation).length > 0 },
  ),
];
