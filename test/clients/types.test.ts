// Typed operations, and all else here, under TypeScript's `strict`.
import { expect, it } from 'vitest';
import { checkTypes } from '../support/types.ts';

it('compiles, and what is wrong in it does not', () => {
  const { stdout, status } = checkTypes(import.meta.dirname);
  expect(stdout).toBe('');
  expect(status).toBe(0);
});
