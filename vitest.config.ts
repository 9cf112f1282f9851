import { defineConfig } from 'vitest/config';

export default defineConfig({
  // Node gives everybody graphql's CommonJS build; Vite would take its ES build beside it, and two are one too many.
  resolve: { alias: [{ find: /^graphql$/, replacement: 'graphql/index.js' }] },
  test: {
    include: ['test/**/*.test.ts'],
    restoreMocks: true,
    env: { AWS_SDK_JS_NODE_VERSION_SUPPORT_WARNING_DISABLED: 'true' },
  },
});
