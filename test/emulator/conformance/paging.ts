// Lists: page after page they give what one big page gives.
import { expect } from 'vitest';
import type { Operation } from '../../../src/emulator/model/model.ts';
import { all, audit, isPaged, outcome, type Subject } from './audit.ts';
import { sitesOf } from './sites.ts';
import { operationNamed, remote } from './target.ts';
import { type Answer, type Client, type Input, sdks } from './wire.ts';

const listOf = ({ output }: Operation) =>
  [...output.members].find(([, { shape }]) => shape.kind === 'list')?.[0] ?? '';
const itemsOf = (operation: Operation, { body }: Pick<Answer, 'body'>) =>
  body[listOf(operation)] as unknown[];
const largest = (operation: Operation) =>
  sitesOf(operation).find(({ path }) => path[0] === 'maxResults')?.constraint?.max ?? 0;

async function* pagesOf(
  { operation, target }: Subject,
  input: Input,
  maxResults: number,
): AsyncGenerator<Answer> {
  const seen = new Set<unknown>();
  let nextToken: unknown;
  do {
    const answer = await target.call(operation, { ...input, maxResults, nextToken });
    expect(outcome(answer)).toBe('200');
    yield answer;
    ({ nextToken } = answer.body);
    expect(seen).not.toContain(nextToken);
    seen.add(nextToken);
  } while (nextToken);
}

async function itemsInPagesOf(maxResults: number, subject: Subject, input: Input): Promise<unknown[][]> {
  const pages: unknown[][] = [];
  for await (const page of pagesOf(subject, input, maxResults)) pages.push(itemsOf(subject.operation, page));
  return pages;
}

/** Elsewhere the world does not stand still between two pages: viewers come and go. */
const identityOf = (item: unknown) => {
  const { arn, channelArn } = item as Input;
  return (remote && (arn ?? channelArn)) || item;
};

type Paginator = (config: { client: Client; pageSize: number }, input: Input) => AsyncIterable<Input>;
const applies = isPaged;

export const paging = [
  audit(
    'P1',
    'MUST give in pages of one what it gives in big ones',
    async (subject) => {
      const input = await subject.ready();
      const big = (await itemsInPagesOf(largest(subject.operation), subject, input)).flat();
      // Whoever has nothing cannot show that there are pages; a channel has one stream key at most
      if (!remote) expect(big.length).toBeGreaterThan(subject.operation.name === 'ListStreamKeys' ? 0 : 1);
      const small = await itemsInPagesOf(1, subject, input);
      expect(small.flat().map(identityOf)).toEqual(big.map(identityOf));
      expect(small.filter(({ length }) => length !== 1)).toEqual(big.length === 0 ? [[]] : []);
      expect(new Set(big.map((item) => JSON.stringify(item))).size).toBe(big.length);
    },
    { applies, needs: 'success' },
  ),

  audit(
    'P2',
    'MUST be read to its end by the paginator of the SDK',
    async (subject) => {
      const { operation, target } = subject;
      const input = await subject.ready();
      const expected = (await itemsInPagesOf(largest(operation), subject, input)).flat();
      const paginators = sdks[operation.service] as unknown as Record<string, Paginator>;
      const paginate = paginators[`paginate${operation.name}`] as Paginator;
      const pages: unknown[][] = [];
      const from = { client: target.clients[operation.service], pageSize: largest(operation) };
      for await (const page of paginate(from, { ...input })) pages.push(page[listOf(operation)] as unknown[]);
      expect(pages.flat()).toHaveLength(expected.length);
    },
    { applies, needs: 'success' },
  ),

  audit(
    'P3',
    'MUST refuse a token of another list',
    async (subject) => {
      const { operation, target } = subject;
      const other = operationNamed(operation.name === 'ListStages' ? 'ListChannels' : 'ListStages');
      const { nextToken } = (await target.call(other, { maxResults: 1 })).body;
      if (!remote) expect(nextToken).toEqual(expect.any(String));
      if (!nextToken) return;
      expect(outcome(await target.call(operation, { ...(await subject.ready()), nextToken }))).toBe(
        '400 ValidationException',
      );
    },
    { applies, needs: 'success' },
  ),

  audit(
    'P4',
    'MUST refuse a garbled token',
    async ({ operation, target, sample }) => {
      const tokens = ['garbled', 'MS4w', 'A'.repeat(1024), '====', '-1'];
      const outcomes: Record<string, string> = {};
      for (const nextToken of tokens) {
        outcomes[nextToken] = outcome(await target.call(operation, { ...sample, nextToken }));
      }
      expect(outcomes).toEqual(all(tokens, '400 ValidationException'));
    },
    { applies, needs: 'success' },
  ),

  audit(
    'P5',
    'MUST refuse pages of none and of more than its largest',
    async ({ operation, target, sample }) => {
      const outcomes: Record<string, string> = {};
      const sizes = [-1, 0, largest(operation) + 1];
      for (const maxResults of sizes) {
        outcomes[maxResults] = outcome(await target.call(operation, { ...sample, maxResults }));
      }
      expect(outcomes).toEqual(all(sizes.map(String), '400 ValidationException'));
    },
    { applies, needs: 'refusal' },
  ),

  audit(
    'P6',
    'MUST begin with the first page when the token is empty',
    async ({ operation, target, ready }) => {
      const input = await ready();
      const first = await target.call(operation, { ...input, maxResults: 1 });
      const empty = await target.call(operation, { ...input, maxResults: 1, nextToken: '' });
      expect(itemsOf(operation, empty)).toEqual(itemsOf(operation, first));
    },
    { applies, needs: 'success' },
  ),
];
