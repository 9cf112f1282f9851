// The import rules of docs/explanation/architecture.md as a failing check: main → server → schema → upstream → AWS SDK, and no others.
// Inside a folder the wings stand in layers: a wing imports wings of the layers below its own, and no others.
/** One rule for each wing of `folder`; `layers` from the top down. The first of the roots puts them together. */
const wings = (folder, [root, ...others], ...layers) => {
  const inside = (names) => `^src/${folder}/(${names.join('|')})/`;
  const all = layers.flat();
  const roots = [root, ...others].join('|');
  return [
    {
      name: `${folder}-root`,
      severity: 'error',
      from: { path: inside(all) },
      to: { path: `^src/${folder}/${root}$` },
    },
    // A folder that is no wing would escape the rules below.
    {
      name: `${folder}-unknown-wing`,
      severity: 'error',
      from: {},
      to: { path: `^src/${folder}/[^/]+/`, pathNot: [inside(all), `^src/${folder}/graphiql/page/`] },
    },
    // What stands beside the wings is used by them, but for what puts them together.
    {
      name: `${folder}-foot`,
      severity: 'error',
      from: { path: `^src/${folder}/[^/]+$`, pathNot: `^src/${folder}/(${roots})$` },
      to: { path: inside(all), pathNot: `^src/${folder}/services/` },
    },
    ...layers.flatMap((layer, level) =>
      layer.map((wing) => ({
        name: `${folder}-${wing}`,
        severity: 'error',
        from: { path: inside([wing]) },
        to: { path: inside(layers.slice(0, level + 1).flat()), pathNot: inside([wing]) },
      })),
    ),
  ];
};

module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'only-the-commands-read-config',
      severity: 'error',
      from: { pathNot: '^src/(main|serve)\\.ts$' },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'only-serve-connects-to-redis',
      severity: 'error',
      from: { pathNot: '^src/serve\\.ts$' },
      to: { path: '^src/redis\\.ts$' },
    },
    {
      name: 'redis-arrows',
      severity: 'error',
      from: { path: '^src/redis(\\.ts$|/)' },
      to: { path: '^src/', pathNot: '^src/redis/' },
    },
    {
      name: 'redis-is-one-door',
      severity: 'error',
      from: { pathNot: '^src/redis(\\.ts$|/)' },
      to: { path: '^src/redis/' },
    },
    { name: 'no-imports-of-main', severity: 'error', from: {}, to: { path: '^src/main\\.ts$' } },
    {
      name: 'only-main-serves',
      severity: 'error',
      from: { pathNot: '^src/main\\.ts$' },
      to: { path: '^src/serve\\.ts$' },
    },
    {
      name: 'server-arrows',
      severity: 'error',
      from: { path: '^src/server/' },
      to: { path: '^src/', pathNot: '^src/((server|schema|upstream|http)/|context\\.ts$)' },
    },
    {
      name: 'schema-arrows',
      severity: 'error',
      from: { path: '^src/schema/' },
      to: { path: '^src/', pathNot: '^src/((schema|access|upstream)/|context\\.ts$)' },
    },
    ...wings(
      'schema',
      ['index\\.ts'],
      ['realtime'],
      ['low-latency'],
      ['patterns', 'estimate'],
      ['loading'],
      ['language'],
    ),
    ...wings('server', ['server\\.ts'], ['graphiql', 'answer'], ['limits'], ['identity'], ['http']),
    ...wings('upstream', ['upstream\\.ts', 'request\\.ts'], ['cache', 'quota', 'sdk'], ['services']),
    {
      name: 'access-arrows',
      severity: 'error',
      from: { path: '^src/access/' },
      to: { path: '^src/', pathNot: '^src/(access|upstream)/' },
    },
    {
      name: 'upstream-arrows',
      severity: 'error',
      from: { path: '^src/upstream/' },
      to: { path: '^src/', pathNot: '^src/upstream/' },
    },
    {
      name: 'http-arrows',
      severity: 'error',
      from: { path: '^src/http/' },
      to: { path: '^src/', pathNot: '^src/http/' },
    },
    {
      name: 'help-and-environment-stand-alone',
      severity: 'error',
      from: { path: '^src/(help|environment)\\.ts$' },
      to: { path: '^src/' },
    },
    {
      name: 'auth-settings-reads-only-the-environment',
      severity: 'error',
      from: { path: '^src/auth-(settings|issuers)\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(auth-issuers|environment)\\.ts$' },
    },
    {
      name: 'config-reads-only-the-environment',
      severity: 'error',
      from: { path: '^src/config\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(auth-settings|environment|help)\\.ts$' },
    },
    {
      name: 'context-arrows',
      severity: 'error',
      from: { path: '^src/context\\.ts$' },
      to: { path: '^src/', pathNot: '^src/(access|upstream)/' },
    },
    {
      name: 'check-arrows',
      severity: 'error',
      from: { path: '^src/check\\.ts$' },
      to: { path: '^src/', pathNot: '^src/server/' },
    },
    {
      name: 'the-emulator-stands-alone',
      severity: 'error',
      from: { path: '^src/emulator/' },
      to: { path: '^src/', pathNot: '^src/(emulator|http)/' },
    },
    {
      name: 'only-the-upstream-makes-clients',
      severity: 'error',
      from: { path: '^src/(server|main|serve)' },
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
