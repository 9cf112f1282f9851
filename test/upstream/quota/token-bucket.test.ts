import { expect, it } from 'vitest';
import { TokenBucket } from '../../../src/upstream/quota/token-bucket.ts';

const full = () => {
  const bucket = new TokenBucket(5, 0);
  for (let count = 0; count < 5; count += 1) expect(bucket.take(0)).toBe(true);
  return bucket;
};
const landAll = (bucket: TokenBucket, now: number) => {
  for (let count = 0; count < 5; count += 1) bucket.release(now);
};

it('gives a second’s worth at once and then two percent less than the rate', () => {
  const bucket = full();
  landAll(bucket, 0);
  expect(bucket.take(200)).toBe(false);
  expect(bucket.take(205)).toBe(true);
});

it('does not fill before the calls that emptied it have arrived', () => {
  const bucket = full();
  // The first calls are slow: connections are made. AWS began to count when they arrived, at some time before 300.
  expect(bucket.take(300)).toBe(false);
  landAll(bucket, 300);
  expect(bucket.take(300)).toBe(false);
  expect(bucket.take(505)).toBe(true);
});

it('halves its rate after a 429, foresees how it climbs back, and is as before half a minute later', () => {
  const bucket = full();
  landAll(bucket, 0);
  bucket.slowDown(0);
  const inMs = bucket.waitFor(10, 0);
  expect(inMs).toBeGreaterThan((10 / 4.9) * 1000);
  expect(inMs).toBeLessThan((10 / 2.45) * 1000);
  expect(bucket.isIdle(40_000)).toBe(true);
});

it('has as many tokens as it foresaw', () => {
  const bucket = full();
  landAll(bucket, 0);
  bucket.slowDown(0);
  const inMs = bucket.waitFor(3, 0);
  expect(bucket.waitFor(3, inMs)).toBeCloseTo(0, 3);
});
