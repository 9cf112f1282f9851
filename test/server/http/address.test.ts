// Where a request comes from, as the proxies in front write it.
import { expect, it } from 'vitest';
import { addressOf } from '../../../src/server/http/address.ts';

const of = (forwarded: string | undefined, proxies = 1) =>
  addressOf(
    new Request('http://gateway', {
      headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded },
    }),
    { req: { socket: { remoteAddress: '::ffff:10.0.0.1' } } },
    proxies,
  );

it.each([
  ['203.0.113.9', '203.0.113.9'],
  ['203.0.113.9:40001', '203.0.113.9'],
  ['2001:db8::1', '2001:db8::1'],
  ['[2001:db8::1]', '2001:db8::1'],
  ['[2001:DB8::1]:40001', '2001:db8::1'],
  ['"[2001:db8::1]:1"', '2001:db8::1'],
  ['::ffff:203.0.113.9', '203.0.113.9'],
  ['[::ffff:203.0.113.9]:1', '203.0.113.9'],
  ['198.51.100.7, 203.0.113.9:1', '203.0.113.9'],
  ['198.51.100.7,203.0.113.9', '203.0.113.9'],
])('%s is %s', (forwarded, address) => expect(of(forwarded)).toBe(address));

it.each([
  undefined,
  '',
  'unknown',
  '_hidden',
  '198.51.100.7, ',
  '198.51.100.7, unknown',
  '203.0.113.9.example',
  '203.0.113.999:1',
  '[203.0.113.9',
  '[]:1',
  ':1',
])('%s names nobody: the proxy itself counts', (forwarded) => expect(of(forwarded)).toBe('10.0.0.1'));

it('goes back as far as there are proxies, and no further', () => {
  const forwarded = '192.0.2.1, 198.51.100.7:1, 203.0.113.9:2';
  expect([0, 1, 2, 3, 4].map((proxies) => of(forwarded, proxies))).toEqual([
    '10.0.0.1',
    '203.0.113.9',
    '198.51.100.7',
    '192.0.2.1',
    '192.0.2.1',
  ]);
  // An entry that is empty counts: without it, one that the client wrote would be taken.
  expect(of('192.0.2.1, , 203.0.113.9', 2)).toBe('10.0.0.1');
});
