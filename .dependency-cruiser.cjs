// The import rules of docs/explanation/architecture.md as a failing check: main → cli → bootstrap → server → schema → upstream → AWS SDK, and no others.
// Inside a folder the wings stand in layers: a wing imports wings of the layers below its own, and no others.
/** Files of `path` import nothing of ours but what is `allowed`. */
const imports = (name, path, allowed) => ({
  name,
  severity: 'error',
  from: { path },
  to: { path: '^src/', ...(allowed && { pathNot: allowed }) },
});

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
      from: { pathNot: '^src/(main\\.ts$|(bootstrap|cli|config|library)/)' },
      to: { path: '^src/config/config\\.ts$' },
    },
    {
      name: 'only-the-bootstrap-connects-to-redis',
      severity: 'error',
      from: { pathNot: '^src/bootstrap/' },
      to: { path: '^src/redis/redis\\.ts$' },
    },
    imports('redis-arrows', '^src/redis/', '^src/redis/'),
    imports('redis-url-stands-alone', '^src/redis/url\\.ts$'),
    {
      name: 'redis-is-one-door',
      severity: 'error',
      from: { pathNot: '^src/redis/' },
      to: { path: '^src/redis/', pathNot: '^src/redis/(redis|url)\\.ts$' },
    },
    { name: 'no-imports-of-main', severity: 'error', from: {}, to: { path: '^src/main\\.ts$' } },
    {
      name: 'only-main-uses-the-commands',
      severity: 'error',
      from: { pathNot: '^src/(main\\.ts$|cli/)' },
      to: { path: '^src/cli/' },
    },
    {
      name: 'only-programs-use-the-bootstrap',
      severity: 'error',
      from: { pathNot: '^src/(bootstrap|cli|library)/' },
      to: { path: '^src/bootstrap/' },
    },
    imports(
      'server-arrows',
      '^src/server/',
      '^src/((server|schema|live|events|upstream|http)/|context\\.ts$)',
    ),
    imports('schema-arrows', '^src/schema/', '^src/((schema|access|live|events|upstream)/|context\\.ts$)'),
    ...wings(
      'schema',
      ['index\\.ts'],
      ['realtime'],
      ['low-latency'],
      ['patterns', 'estimate'],
      ['loading'],
      ['language'],
    ),
    ...wings(
      'server',
      ['gateway\\.ts', 'server\\.ts', 'contexts\\.ts'],
      ['live'],
      ['response-cache'],
      ['graphiql', 'answer'],
      ['limits'],
      ['identity'],
      ['http'],
    ),
    ...wings(
      'upstream',
      ['upstream\\.ts', 'request\\.ts'],
      ['gather'],
      ['cache', 'quota', 'sdk'],
      ['services'],
    ),
    // changes.ts has types only.
    imports('events-arrows', '^src/events/', '^src/(events/|upstream/changes\\.ts$)'),
    imports('live-arrows', '^src/live/', '^src/(live|events|upstream)/'),
    imports('access-arrows', '^src/access/', '^src/(access|upstream)/'),
    imports('upstream-arrows', '^src/upstream/', '^src/upstream/'),
    imports('http-arrows', '^src/http/', '^src/http/'),
    imports('help-arrows', '^src/cli/help\\.ts$', '^src/config/config\\.ts$'),
    imports(
      'config-reads-only-the-environment',
      '^src/config/',
      '^src/(config/|http/shown-url\\.ts$|telemetry/settings\\.ts$|redis/url\\.ts$)',
    ),
    // What anything else may take from there are the table of variables, and the class of errors.
    {
      name: 'config-is-one-door',
      severity: 'error',
      from: { pathNot: '^src/(config|library)/' },
      to: { path: '^src/config/', pathNot: '^src/config/(config|config-error)\\.ts$' },
    },
    imports(
      'telemetry-arrows',
      '^src/telemetry/',
      '^src/((telemetry|events|http|upstream|server/answer)/|server/server\\.ts$|context\\.ts$)',
    ),
    // Where nothing of OpenTelemetry is wanted, nothing of it is loaded.
    {
      name: 'opentelemetry-is-one-door',
      severity: 'error',
      from: { pathNot: '^src/(telemetry/|bootstrap/open-telemetry\\.ts$)' },
      to: {
        path: ['^src/telemetry/', '@opentelemetry/'],
        pathNot: '^src/telemetry/(settings|telemetry)\\.ts$',
      },
    },
    imports('bootstrap-arrows', '^src/bootstrap/', '^src/(?!cli/|library/|main\\.ts$|index\\.ts$)'),
    imports('lambda-arrows', '^src/lambda\\.ts$', '^src/library/api\\.ts$'),
    imports('sdl-arrows', '^src/sdl\\.ts$', '^src/schema/index\\.ts$'),
    imports('context-arrows', '^src/context\\.ts$', '^src/(access|live|upstream)/'),
    imports('check-arrows', '^src/cli/check\\.ts$', '^src/(server/|upstream/sdk/queue\\.ts$)'),
    imports('embedded-arrows', '^src/bootstrap/embedded-emulator\\.ts$', '^src/(emulator|events)/'),
    imports(
      'events-queue-arrows',
      '^src/bootstrap/events-queue\\.ts$',
      '^src/(events/|upstream/(changes|sdk/queue)\\.ts$)',
    ),
    imports('the-emulator-stands-alone', '^src/emulator/', '^src/(emulator/|http/|version\\.ts$)'),
    {
      name: 'only-the-upstream-makes-clients',
      severity: 'error',
      from: { path: '^src/(server/|bootstrap/|cli/|main\\.ts$)' },
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
