import type { CodegenConfig } from '@graphql-codegen/cli';

const config: CodegenConfig = {
  schema: '../../schema.graphql',
  generates: {
    './codegen/generated/': {
      preset: 'client',
      documents: ['./codegen/operations.ts'],
      presetConfig: { fragmentMasking: false, persistedDocuments: true },
      config: { scalars: { DateTime: 'string' }, enumsAsTypes: true, useTypeImports: true },
    },
    // For Apollo's cache, and for urql's
    './apollo/generated/possible-types.ts': { plugins: ['fragment-matcher'] },
    './urql/generated/schema.json': { plugins: ['introspection'], config: { minify: true } },
  },
};
export default config;
