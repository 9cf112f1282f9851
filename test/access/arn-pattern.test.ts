import { expect, it } from 'vitest';
import { Bounds } from '../../src/access/bounds.ts';

const arn = (id: string, region = 'us-west-2') => `arn:aws:ivs:${region}:123456789012:${id}`;

it.each([
  ['*', arn('stage/abc'), true],
  [arn('stage/abc'), arn('stage/abc'), true],
  [arn('stage/abc'), arn('stage/abcd'), false],
  [arn('stage/abc'), arn('stage/ab'), false],
  [arn('stage/ab*'), arn('stage/abc'), true],
  [arn('stage/*c'), arn('stage/abc'), true],
  [arn('stage/a*a'), arn('stage/a'), false],
  [arn('stage/a*b*c'), arn('stage/aXbYc'), true],
  [arn('stage/a*b*c'), arn('stage/aXcYb'), false],
  [arn('stage/*bc*c'), arn('stage/abc'), false],
  [arn('*'), arn('stage/abc', 'eu-west-1'), false],
  ['arn:aws:ivs:*:123456789012:stage/abc', arn('stage/abc', 'eu-west-1'), true],
  ['arn:aws:ivs:*:stage/abc', arn('channel/abc'), false],
  // No other wildcard, and nothing of a regular expression.
  [arn('stage/a?c'), arn('stage/abc'), false],
  [arn('stage/a.c'), arn('stage/abc'), false],
  [arn('stage/(a|b)*'), arn('stage/abc'), false],
  ['', arn('stage/abc'), false],
])('%s, asked about %s: %s', (pattern, asked, answer) => {
  expect(new Bounds([pattern]).covers(asked)).toBe(answer);
});

it.each([
  ['another case', arn('Stage/abc').replace('Stage', 'STAGE')],
  ['a newline behind it', `${arn('stage/abc')}\n`],
  ['a space before it', ` ${arn('stage/abc')}`],
  ['percent-encoding', arn('stage%2Fabc')],
  ['one more slash', arn('stage/abc/abc')],
  ['one more colon', arn('channel/x:stage/abc')],
  ['an asterisk', arn('stage/*')],
  ['a look-alike', arn('stаge/abc')],
  ['no end', arn(`stage/${'a'.repeat(300)}`)],
])('covers nothing that only looks like an ARN: %s', (_what, asked) => {
  expect(new Bounds([arn('*stage*abc*'), arn('*'), arn('stage/abc')]).covers(asked)).toBe(
    asked === arn('STAGE/abc'),
  );
  expect(new Bounds([arn('stage/*abc'), arn('stage/abc')]).mayHold(asked)).toBe(false);
});

it('takes no longer for a pattern made to be slow', () => {
  const bounds = new Bounds(Array(100).fill(`${arn('stage/')}${'*a'.repeat(2000)}*b`));
  expect(bounds.covers(arn(`stage/${'a'.repeat(200)}`))).toBe(false);
});

it.each([
  ['*', true],
  [arn('*'), true],
  [arn('stage/*'), true],
  ['arn:aws:ivs:*:*:stage/*', true],
  [arn('stage/abc*'), false],
  [arn('stage/abc'), false],
  [arn('*/abc'), false],
  [arn('channel/*'), false],
  [arn('stage/*', 'eu-west-1'), false],
])('%s covers every new stage: %s', (pattern, answer) => {
  expect(new Bounds([pattern]).coverNew({ service: 'ivs', region: 'us-west-2', kind: 'stage' })).toBe(answer);
});
