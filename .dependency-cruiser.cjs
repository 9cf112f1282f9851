// The arrows of docs/architecture.md as a failing check: main → server → schema → upstream → AWS SDK, and no others.
const from = (path, ...forbidden) => ({
  name: `${path}-arrows`,
  severity: 'error',
  from: { path: `^src/${path}` },
  to: { path: forbidden.map((target) => `^src/${target}`) },
});

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'only-main-reads-config',
      severity: 'error',
      from: { pathNot: '^src/main\\.ts$' },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'only-main-connects-to-redis',
      severity: 'error',
      from: { pathNot: '^src/main\\.ts$' },
      to: { path: '^src/redis\\.ts$' },
    },
    { name: 'nobody-imports-main', severity: 'error', from: {}, to: { path: '^src/main\\.ts$' } },
    from('server/', 'emulator/', 'config\\.ts'),
    from('schema/', 'server/', 'emulator/'),
    from('access/', 'server/', 'schema/', 'events/', 'emulator/', 'context\\.ts'),
    from('upstream/', 'server/', 'schema/', 'access/', 'events/', 'emulator/', 'context\\.ts'),
    from('events/', 'server/', 'schema/', 'emulator/'),
    from('redis\\.ts', ''),
    from('context\\.ts', 'server/', 'schema/', 'emulator/'),
    {
      name: 'the-emulator-stands-alone',
      severity: 'error',
      from: { path: '^src/emulator/' },
      to: { path: '^src/', pathNot: '^src/emulator/' },
    },
    {
      name: 'only-the-upstream-makes-clients',
      severity: 'error',
      from: { path: '^src/(server|events|main)' },
      to: { path: '@aws-sdk/client-' },
    },
    {
      name: 'no-unknown-modules',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    parser: 'swc',
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'node', 'types', 'default'],
      extensions: ['.ts', '.js'],
    },
  },
};
