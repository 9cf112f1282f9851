import { createRequire } from 'node:module';
import { availableParallelism } from 'node:os';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

/** What runs with software that only it needs, and that is installed when one of these runs: packages.ts. */
const withPackages = ['federation', 'clients', 'examples', 'kubernetes', 'embedding'].map(
  (name) => `test/${name}/**/*.test.{ts,tsx}`,
);

export default defineConfig({
  // Vite would take another build of graphql than Node, and two are one too many.
  resolve: {
    alias: [
      { find: /^graphql$/, replacement: createRequire(import.meta.url).resolve('graphql') },
      // Examples import the package by its name.
      { find: /^ivs-graphql$/, replacement: fileURLToPath(new URL('src/index.ts', import.meta.url)) },
      {
        find: /^ivs-graphql\/lambda$/,
        replacement: fileURLToPath(new URL('src/lambda.ts', import.meta.url)),
      },
    ],
  },
  test: {
    // The files of a worker share its modules: loading the SDK and building the schema takes more than most tests do. So a test
    // undoes what it changes of its process (process.env, globals), and closes what it opens: `onTestFinished`, `afterAll`.
    isolate: false,
    // One above the cores: the tests with browsers, Redis and several processes wait for more than half of their time.
    maxWorkers: availableParallelism() + 1,
    setupFiles: 'test/support/leaves-process.ts',
    restoreMocks: true,
    // For what hangs: that a machine is slow is no finding.
    testTimeout: 180_000,
    hookTimeout: 180_000,
    expect: { poll: { timeout: 15_000 } },
    env: {
      AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true',
      // Version 2 says each time that it is no longer maintained.
      AWS_SDK_JS_SUPPRESS_MAINTENANCE_MODE_MESSAGE: '1',
    },
    projects: [
      { extends: true, test: { name: 'gateway', include: ['test/**/*.test.ts'], exclude: withPackages } },
      {
        extends: true,
        test: { name: 'with others', include: withPackages, globalSetup: 'test/support/packages.ts' },
      },
    ],
  },
});
