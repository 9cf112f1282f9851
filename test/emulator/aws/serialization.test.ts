import { expect, test } from 'vitest';
import { writeStructure } from '../../../src/emulator/aws/serialization.ts';
import { model } from '../../../src/emulator/model/model.ts';

test('an answer holds the members of its shape, without those that are response headers', () => {
  const { output } = model.find(({ name }) => name === 'BatchGetChannel') ?? {};
  const channel = {
    name: 'a',
    tags: { b: 'c' },
    srt: { endpoint: 'd', hidden: 1 },
    streamSessions: [],
    order: 1,
  };
  const value = { channels: [channel], errors: undefined, accessControlAllowOrigin: '*', hidden: true };
  expect(output && writeStructure(output, value)).toEqual({
    channels: [{ name: 'a', tags: { b: 'c' }, srt: { endpoint: 'd' } }],
  });
});
