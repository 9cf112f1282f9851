// Files share their process (isolate: false), so a variable that one leaves is a failure of another, in some orders of files only.
// Here it is one of the file that leaves it.
import { afterAll, expect } from 'vitest';

const object = process.env;
const before = { ...object };

afterAll(() => {
  expect(process.env, 'process.env is another object than before this file').toBe(object);
  expect({ ...process.env }, 'variables of the process that this file leaves changed').toEqual(before);
});
