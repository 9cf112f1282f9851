// The Helm chart, rendered by Helm, checked by Kubernetes' definitions, and its settings read by the gateway.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { parse, parseAllDocuments } from 'yaml';
import { examine, misspelt } from '../../src/config/config.ts';
import { environment } from '../../src/config/environment.ts';
import { CHART, helm, type Manifest, problemsOf, render } from './manifests.ts';

// biome-ignore lint/suspicious/noExplicitAny: YAML
type Any = any;
const textOf = (file: string): string => readFileSync(join(CHART, file), 'utf8');
const schema = JSON.parse(textOf('values.schema.json'));

const jwt = {
  AUTH_MODE: 'jwt',
  AUTH_ISSUER: 'https://login.example.com/',
  AUTH_JWKS_URI: 'https://login.example.com/keys',
  AUTH_AUDIENCE: 'ivs',
};
const least = { settings: { AWS_REGION: 'us-west-2', AUTH_MODE: 'none' } };
const most = {
  image: { repository: 'registry.example.com/ivs-graphql', digest: `sha256:${'a'.repeat(64)}` },
  imagePullSecrets: [{ name: 'registry' }],
  settings: { AWS_REGION: 'us-west-2', ...jwt, SHUTDOWN_DELAY_MS: 20_000, LIVE_MAX_SUBSCRIPTIONS: 1_000_000 },
  secrets: {
    REDIS_URL: { name: 'ivs', key: 'redis' },
    EVENTS_SECRET: { name: 'ivs', key: 'events' },
    METRICS_TOKEN: { name: 'metrics', key: 'token' },
  },
  serviceAccount: { annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::123456789012:role/ivs' } },
  autoscaling: { enabled: true },
  networkPolicy: { enabled: true, redis: { to: [{ ipBlock: { cidr: '10.0.0.0/16' } }] } },
  serviceMonitor: { enabled: true, labels: { release: 'prometheus' } },
  podAnnotations: { 'example.com/team': 'live' },
  nodeSelector: { 'kubernetes.io/arch': 'arm64' },
  tolerations: [{ key: 'live', operator: 'Exists' }],
  priorityClassName: 'live',
};
const one = (manifests: Manifest[], kind: string): Manifest => {
  const found = manifests.find((manifest) => manifest.kind === kind);
  if (!found) throw new Error(`Expected a ${kind}`);
  return found;
};
const podOf = (manifests: Manifest[]) => one(manifests, 'Deployment').spec.template;

const SECRETS: Record<string, string> = {
  REDIS_URL: 'redis://redis:6379',
  EVENTS_SECRET: '0123456789abcdef',
  METRICS_TOKEN: 'token',
};

/** The variables that the container gets, with the files of secrets where the gateway of this test can read them. */
function variablesOf(manifests: Manifest[]): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), 'ivs-graphql-chart-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const { containers, volumes = [] } = podOf(manifests).spec;
  const [{ env, volumeMounts = [{ mountPath: '' }] }] = containers;
  const items = volumes.flatMap(({ projected }: Any) =>
    projected.sources.flatMap(({ secret }: Any) => secret.items.map(({ path }: Any) => path)),
  );
  for (const path of items) writeFileSync(join(folder, path), SECRETS[path] ?? '');
  const own = env.map(({ name, value }: Any) => [name, value.replace(volumeMounts[0].mountPath, folder)]);
  return { HOST: '0.0.0.0', ...one(manifests, 'ConfigMap').data, ...Object.fromEntries(own) };
}

describe.each([
  [
    'the least values',
    least,
    ['ConfigMap', 'Deployment', 'PodDisruptionBudget', 'Service', 'ServiceAccount'],
  ],
  [
    'all values',
    most,
    [
      ...['ConfigMap', 'Deployment', 'HorizontalPodAutoscaler', 'NetworkPolicy', 'PodDisruptionBudget'],
      ...['Service', 'ServiceAccount', 'ServiceMonitor'],
    ],
  ],
])('with %s', (_, values, kinds) => {
  const manifests = render(values);

  it('passes helm lint', () => {
    expect(helm('lint', values)).toMatchObject({ status: 0 });
  });

  it('has manifests that Kubernetes defines', async () => {
    expect(manifests.map(({ kind }) => kind).sort()).toEqual(kinds);
    expect((await Promise.all(manifests.map(problemsOf))).flat()).toEqual([]);
  });

  it('starts the gateway', () => {
    const variables = variablesOf(manifests);
    const { config, problems } = examine(variables);
    expect([problems, misspelt(variables)]).toEqual([[], []]);
    expect(config).toMatchObject({ backend: 'aws', defaultRegion: 'us-west-2' });
    if (values === most)
      expect(config).toMatchObject({
        maxSubscriptions: 1_000_000,
        redisUrl: SECRETS.REDIS_URL,
        events: { secrets: [SECRETS.EVENTS_SECRET] },
        metricsToken: SECRETS.METRICS_TOKEN,
      });
  });

  it('meets the restricted security standard', () => {
    const { securityContext, containers, volumes = [], ...pod } = podOf(manifests).spec;
    expect(securityContext).toMatchObject({ runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } });
    expect(containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
      capabilities: { drop: ['ALL'] },
    });
    expect(Object.keys(pod).filter((name) => /^host/.test(name))).toEqual([]);
    expect(volumes.flatMap(Object.keys).filter((name: string) => !/^(name|projected)$/.test(name))).toEqual(
      [],
    );
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
  });

  it('selects the pods by labels that they have', () => {
    const { labels } = podOf(manifests).metadata;
    const selectors = manifests.flatMap(({ kind, spec }) => {
      if (kind === 'Service') return [spec.selector];
      return [spec?.selector?.matchLabels, spec?.podSelector?.matchLabels].filter(Boolean);
    });
    expect(selectors.length).toBeGreaterThan(2);
    for (const selector of selectors) expect(labels).toMatchObject(selector);
  });
});

it('probes /livez and /readyz, with more patience for /livez than a busy event loop needs', () => {
  const [{ startupProbe, livenessProbe, readinessProbe }] = podOf(render(least)).spec.containers;
  const paths = [startupProbe, livenessProbe, readinessProbe].map(({ httpGet }) => httpGet.path);
  expect(paths).toEqual(['/livez', '/livez', '/readyz']);
  expect(livenessProbe.timeoutSeconds).toBeGreaterThan(2);
});

it.each([
  [undefined, 25],
  [0, 20],
  [20_000, 40],
  [2_500, 23],
])('gives a pod with SHUTDOWN_DELAY_MS %s more than that and 10 s', (SHUTDOWN_DELAY_MS, expected) => {
  const settings = { ...least.settings, ...(SHUTDOWN_DELAY_MS !== undefined && { SHUTDOWN_DELAY_MS }) };
  expect(podOf(render({ settings })).spec.terminationGracePeriodSeconds).toBe(expected);
});

it('makes new pods after a change of settings', () => {
  const sumOf = (settings: object) => podOf(render({ settings })).metadata.annotations['checksum/settings'];
  expect(sumOf({ ...least.settings, LOG_LEVEL: 'debug' })).not.toBe(sumOf(least.settings));
});

it('writes what YAML reads as booleans as the gateway reads each switch', () => {
  const switches = { GRAPHIQL: false, INTROSPECTION: true, OTEL_SDK_DISABLED: true, TRACE_TO_AWS: false };
  const { data } = one(render({ settings: { ...least.settings, ...switches } }), 'ConfigMap');
  expect(data).toMatchObject({
    ...{ GRAPHIQL: 'off', INTROSPECTION: 'on', OTEL_SDK_DISABLED: 'true', TRACE_TO_AWS: 'off' },
  });
  expect(examine({ HOST: '0.0.0.0', ...data }).problems).toEqual([]);
});

describe('a setting', () => {
  // As Helm's YAML has these without quotes: 012345670123 is octal.
  const unquoted = {
    id: 1.25e23,
    octal: 1_402_433_619,
    yes: true,
    share: 0.25,
    small: 0.00001,
  };
  const dataOf = (settings: object) => {
    const { status, output } = helm('template', { settings: { ...least.settings, ...settings } });
    return status === 0
      ? one(
          parseAllDocuments(output).map((doc) => doc.toJS()),
          'ConfigMap',
        ).data
      : undefined;
  };
  /** Alone, without what else it needs. */
  const isRead = (name: string, given?: string): boolean =>
    given !== undefined && environment[name as keyof typeof environment].read(given) !== undefined;

  it.each(Object.keys(environment))('%s: has a value that the gateway reads, or is refused', (name) => {
    for (const value of Object.values(unquoted)) {
      const written = dataOf({ [name]: value })?.[name];
      if (written === undefined) continue;
      expect([value, written, isRead(name, written)]).toEqual([value, expect.any(String), true]);
      if (typeof value === 'number') expect(Number(written)).toBe(value);
    }
  });

  it.each(['AUTH_CLIENT_ID', 'IVS_EXTERNAL_ID', 'AWS_ROLE_SESSION_NAME'])('%s: needs quotes', (name) => {
    expect(helm('template', { settings: { ...least.settings, [name]: unquoted.octal } })).toMatchObject({
      status: 1,
      output: expect.stringMatching(new RegExp(`/settings/${name}.*got number, want.* string`)),
    });
    expect(dataOf({ [name]: '012345670123' })).toMatchObject({ [name]: '012345670123' });
  });

  it('that is a number may be a text', () => {
    const data = dataOf({ LIVE_POLL_MS: '600', REQUEST_TIMEOUT_MS: 1000, OTEL_TRACES_SAMPLER_ARG: 0.25 });
    expect(data).toMatchObject({ LIVE_POLL_MS: '600', REQUEST_TIMEOUT_MS: '1000' });
    expect(data).toMatchObject({ OTEL_TRACES_SAMPLER_ARG: '0.25' });
  });
});

it('names the path of GraphQL after the installation', () => {
  const notesOf = (settings: object) => {
    const { output } = helm('install', { settings: { ...least.settings, ...settings } });
    return /http:\S+/.exec(output)?.[0];
  };
  expect(notesOf({})).toBe('http://live-ivs-graphql.default.svc:80/graphql');
  expect(notesOf({ GRAPHQL_PATH: '/api' })).toBe('http://live-ivs-graphql.default.svc:80/api');
});

describe('the network policy', () => {
  const to = [{ ipBlock: { cidr: '10.1.0.0/16' } }];
  const rulesOf = (settings: object, networkPolicy: object) =>
    one(
      render({
        ...most,
        settings: { ...most.settings, ...settings },
        networkPolicy: { ...most.networkPolicy, ...networkPolicy },
      }),
      'NetworkPolicy',
    ).spec.egress.map(({ ports }: Any) => ports.map(({ port }: Any) => port));

  it('opens the ports of Redis and its Sentinels', () => {
    const rules = rulesOf({}, { redis: { ports: [6379, 26_379], to } });
    expect(rules).toContainEqual([6379, 26_379]);
    expect(rulesOf({}, {}).slice(-1)).toEqual([[6379]]);
  });

  const endpoint = (url: string) => ({ OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: url });
  it.each([
    'http://collector.monitoring:4318/v1/traces',
    'http://10.1.0.1:4318',
    'https://collector:4318',
    'http://collector',
  ])('opens the port of the collector %s, which must be given', (url) => {
    expect(rulesOf(endpoint(url), { collector: { to } })).toContainEqual([4318]);
    const { output } = helm('template', { ...most, settings: { ...most.settings, ...endpoint(url) } });
    expect(output).toContain(
      'networkPolicy.collector.to: expected where the collector is, since settings.OTEL_EXPORTER_OTLP_TRACES_ENDPOINT is set',
    );
  });

  it.each([
    'http://localhost:4318',
    'http://127.0.0.1:4318/v1/traces',
    'http://[::1]:4318',
    'https://otlp.example.com',
    'https://otlp.example.com:443/v1',
  ])('has no rule for %s, which needs none', (url) => {
    expect(rulesOf(endpoint(url), { collector: { to } })).not.toContainEqual([4318]);
    expect(rulesOf({ ...endpoint(url), OTEL_SDK_DISABLED: true }, {})).not.toContainEqual([4318]);
  });
});

describe('refuses', () => {
  const { REDIS_URL, METRICS_TOKEN } = most.secrets;
  it.each([
    ['several replicas without Redis', { ...least, replicas: 2 }, 'secrets.REDIS_URL: expected a secret'],
    ['autoscaling without Redis', { ...least, autoscaling: { enabled: true } }, 'there can be 6 replicas'],
    ['no region', { settings: { AUTH_MODE: 'none' } }, 'settings.AWS_REGION: expected'],
    [
      'no word on authentication',
      { settings: { AWS_REGION: 'us-west-2' } },
      'settings.AUTH_MODE: expected jwt',
    ],
    [
      'a value beside a secret',
      { settings: { ...least.settings, REDIS_URL: 'redis://a' }, secrets: { REDIS_URL } },
      'settings.REDIS_URL: expected instead of secrets.REDIS_URL, got both',
    ],
    [
      'metrics that nothing can read',
      { settings: { ...least.settings, ...jwt }, serviceMonitor: { enabled: true } },
      'secrets.METRICS_TOKEN: expected a secret',
    ],
    [
      'a network without its Redis',
      { ...least, secrets: { REDIS_URL }, networkPolicy: { enabled: true } },
      'networkPolicy.redis.to: expected where Redis is',
    ],
    ['an unknown value', { ...least, replicaCount: 2 }, "'replicaCount' not allowed"],
    ['an unknown value of an object', { ...least, autoscaling: { min: 2 } }, "'min' not allowed"],
    ['an unknown value of resources', { ...least, resources: { limit: {} } }, "'limit' not allowed"],
    [
      'fewer replicas at most than at least',
      { ...most, autoscaling: { enabled: true, minReplicas: 7 } },
      'autoscaling.minReplicas: expected at most autoscaling.maxReplicas (6), got 7',
    ],
    [
      'a heap of the memory limit',
      { ...least, heapMegabytes: 512 },
      'heapMegabytes: expected less than resources.limits.memory (512Mi), got 512',
    ],
    ...(['300Mi', '0.3Gi', '300M', '327680k', 314_572_800, '314572800'].map((memory) => [
      `a heap beyond the memory limit ${memory}`,
      { ...least, resources: { limits: { memory } } },
      'heapMegabytes: expected less than resources.limits.memory (',
    ]) as [string, object, string][]),
    ['an unknown secret', { ...least, secrets: { LOG_LEVEL: METRICS_TOKEN } }, "'LOG_LEVEL' not allowed"],
    ['a setting in lower case', { settings: { ...least.settings, port: 1 } }, "'port'"],
  ])('%s', (_, values, message) => {
    const { status, output } = helm('template', values);
    expect([status, output]).toEqual([1, expect.stringContaining(message)]);
  });
});

it.each(['336592896', '321Mi', '1G', '1Gi', '1e9', 336_592_896])('takes a memory limit of %s', (memory) => {
  expect(
    podOf(render({ ...least, resources: { limits: { memory } } })).spec.containers[0].resources.limits.memory,
  ).toBe(memory);
});

it('takes resources without a memory limit, and replicas that are not scaled', () => {
  const resources = { limits: { memory: null }, requests: { cpu: '1' } };
  expect(
    podOf(render({ ...least, resources, autoscaling: { minReplicas: 9 } })).spec.containers[0].resources
      .requests.cpu,
  ).toBe('1');
});

it('takes as secrets the variables that the gateway reads from files', () => {
  const names = Object.keys(environment).filter((name) => name.endsWith('_FILE'));
  expect(Object.keys(schema.properties.secrets.properties).map((name) => `${name}_FILE`)).toEqual(names);
});

it('defines each value of values.yaml', () => {
  expect(Object.keys(parse(textOf('values.yaml'))).filter((name) => !(name in schema.properties))).toEqual(
    [],
  );
});

it('has the version of the package', () => {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8'));
  expect(parse(textOf('Chart.yaml'))).toMatchObject({ version, appVersion: version });
});

it('finds a member that Kubernetes does not define', async () => {
  const deployment = one(render(least), 'Deployment');
  deployment.spec.template.spec.containers[0].livenesProbe = {};
  expect(await problemsOf(deployment)).toEqual([
    'Deployment.spec.template.spec.containers.0.livenesProbe: is not defined',
  ]);
});

it('takes the values of the page on deployment', async () => {
  const page = readFileSync('docs/how-to/deploy.md', 'utf8');
  const [, values = ''] = /```yaml\n(image:[\s\S]*?)```/.exec(page) ?? [];
  const manifests = render(parse(values.replace('sha256:…', most.image.digest)));
  expect((await Promise.all(manifests.map(problemsOf))).flat()).toEqual([]);
  expect(examine(variablesOf(manifests)).problems).toEqual([]);
});
