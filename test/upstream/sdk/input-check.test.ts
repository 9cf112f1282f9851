import { describe, expect, it } from 'vitest';
import { checkInputSize } from '../../../src/upstream/sdk/input-check.ts';
import { inputLimits } from '../../../src/upstream/services/input-limits.ts';

const repeat = <Item>(count: number, item: Item) => Array.from({ length: count }, () => item);
const mapOf = (count: number) => Object.fromEntries(repeat(count, 0).map((_, index) => [`k${index}`, 'v']));

describe('the size of an input', () => {
  it.each(Object.entries(inputLimits))('of %s is bounded where AWS bounds it', (name, limit) => {
    const { max, maxBytes } = limit;
    const fits = (value: unknown) => () => checkInputSize({ [name]: value });
    if (maxBytes !== undefined) {
      expect(fits('x'.repeat(maxBytes))).not.toThrow();
      expect(fits('ä'.repeat(maxBytes / 2 + 1))).toThrow(`${name} to have at most ${maxBytes} bytes`);
      return;
    }
    expect(fits('x'.repeat(max as number))).not.toThrow();
    expect(fits('x'.repeat((max as number) + 1))).toThrow(`${name} to have at most ${max} characters`);
    expect(fits(repeat((max as number) + 1, 'x'))).toThrow(`${name} to have at most ${max} items`);
    expect(fits(mapOf((max as number) + 1))).toThrow(`${name} to have at most ${max} entries`);
  });

  it('counts characters as AWS does, not halves of them', () => {
    expect(() => checkInputSize({ name: '🎥'.repeat(128) })).not.toThrow();
    expect(() => checkInputSize({ name: '🎥'.repeat(129) })).toThrow('at most 128 characters');
  });

  it.each([
    ['a key of a tag', { tags: { ['k'.repeat(129)]: '' } }, 'a key of tags to have at most 128'],
    ['a value of a tag', { tags: { k: 'v'.repeat(257) } }, 'a value of tags to have at most 256'],
    [
      'all attributes',
      { attributes: { a: 'x'.repeat(600), b: 'y'.repeat(600) } },
      'attributes to have at most 1024 bytes',
    ],
    ['an item', { tagKeys: ['k'.repeat(129)] }, 'an item of tagKeys to have at most 128'],
    [
      'what stands inside',
      { destinations: [{ s3: { encoderConfigurationArns: ['a', 'b'] } }] },
      'encoderConfigurationArns',
    ],
    [
      'a text without a documented limit',
      { publicKeyMaterial: 'x'.repeat(10_001) },
      'at most 10000 characters',
    ],
    ['a list without a documented limit', { allowedCountries: repeat(1_001, 'US') }, 'at most 1000 items'],
  ])('bounds %s', (_what, input, message) => {
    expect(() => checkInputSize(input)).toThrow(message);
  });

  it.each(['name', 'tags', '__proto__', 'constructor'])('takes a tag called %s for a key', (key) => {
    expect(() => checkInputSize({ tags: JSON.parse(`{ "${key}": "${'v'.repeat(200)}" }`) })).not.toThrow();
  });
});
