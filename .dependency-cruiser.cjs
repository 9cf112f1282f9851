// The import rules of docs/explanation/architecture.md as a failing check: main → server → schema → upstream → AWS SDK, and no others.
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
      from: { pathNot: '^src/(main|serve|settings|wiring|open-gateway)\\.ts$|^src/library/' },
      to: { path: '^src/config\\.ts$' },
    },
    {
      name: 'only-replicas-connects-to-redis',
      severity: 'error',
      from: { pathNot: '^src/(replicas|wiring|open-gateway)\\.ts$' },
      to: { path: '^src/redis\\.ts$' },
    },
    imports('redis-arrows', '^src/redis(\\.ts$|/)', '^src/redis(-url\\.ts$|/)'),
    imports('redis-url-stands-alone', '^src/redis-url\\.ts$'),
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
      ['gateway\\.ts', 'server\\.ts'],
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
    imports('help-stands-alone', '^src/help\\.ts$'),
    imports(
      'config-reads-only-the-environment',
      '^src/config(\\.ts$|/)',
      '^src/(config/|http/shown-url\\.ts$|telemetry/settings\\.ts$|help\\.ts$|redis-url\\.ts$)',
    ),
    // What anything else may take from there are the table of variables, and the class of errors.
    {
      name: 'config-is-one-door',
      severity: 'error',
      from: { pathNot: '^src/(config(\\.ts$|/)|library/)' },
      to: { path: '^src/config/', pathNot: '^src/config/config-error\\.ts$' },
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
      from: { pathNot: '^src/(telemetry/|open-telemetry\\.ts$)' },
      to: {
        path: ['^src/telemetry/', '@opentelemetry/'],
        pathNot: '^src/telemetry/(settings|telemetry)\\.ts$',
      },
    },
    imports('lambda-arrows', '^src/lambda\\.ts$', '^src/library/api\\.ts$'),
    imports('sdl-arrows', '^src/sdl\\.ts$', '^src/schema/index\\.ts$'),
    imports('context-arrows', '^src/context\\.ts$', '^src/(access|live|upstream)/'),
    imports('check-arrows', '^src/check\\.ts$', '^src/(server/|upstream/sdk/queue\\.ts$)'),
    imports('embedded-arrows', '^src/embedded\\.ts$', '^src/(emulator|events)/'),
    imports(
      'events-queue-arrows',
      '^src/events-queue\\.ts$',
      '^src/(events/|upstream/(changes|sdk/queue)\\.ts$)',
    ),
    imports('the-emulator-stands-alone', '^src/emulator/', '^src/(emulator/|http/|version\\.ts$)'),
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
