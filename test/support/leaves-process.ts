// Files share their process (isolate: false), so a variable that one leaves is a failure of another, in some orders of files only.
// Here it is one of the file that leaves it. `vi.stubEnv` ends with its test.
import { afterAll, afterEach, expect, vi } from 'vitest';

const object = process.env;
const before = { ...object };

afterEach(() => void vi.unstubAllEnvs());

afterAll(() => {
  expect(process.env, 'process.env is another object than before this file').toBe(object);
  expect({ ...process.env }, 'variables of the process that this file leaves changed').toEqual(before);
});
