// The template for ECS: CloudFormation would take it, it grants no more than is needed, and the gateway starts with it.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { examine, misspelt } from '../../src/config/config.ts';
import { created, parseTemplate, problemsOf, violations } from '../support/cloudformation.ts';

const text = readFileSync('deploy/ecs/cloudformation.yaml', 'utf8');
const template = parseTemplate(text);

const given = {
  Image: '123456789012.dkr.ecr.us-west-2.amazonaws.com/ivs-graphql:1.0.0',
  Cluster: 'live',
  VpcId: 'vpc-1',
  SubnetIds: 'subnet-1,subnet-2',
  ListenerArn: 'arn:aws:elasticloadbalancing:us-west-2:123456789012:listener/app/live/1/2',
  LoadBalancerSecurityGroupId: 'sg-1',
  HostName: 'ivs.example.com',
  IvsRegions: 'us-west-2,eu-west-1',
  IvsPolicyArn: 'arn:aws:iam::123456789012:policy/ivs-graphql',
  AuthIssuer: 'https://login.example.com/',
  AuthJwksUri: 'https://login.example.com/keys',
  AuthAudience: 'ivs',
};
const secretArn = (name: string) => `arn:aws:secretsmanager:us-west-2:123456789012:secret:${name}`;
const [RedisUrlSecretArn, EventsSecretArn] = [secretArn('redis'), secretArn('events')];
const MetricsTokenSecretArn = secretArn('metrics');
const secrets = { RedisUrlSecretArn, EventsSecretArn, MetricsTokenSecretArn };
const OTHER_ROLE = 'arn:aws:iam::210987654321:role/ivs-gateway';
const accounts = {
  IvsAccounts: `123456789012,210987654321=${OTHER_ROLE}`,
  IvsRoleArns: OTHER_ROLE,
  IvsExternalId: 'video-platform',
};
const all = {
  ...{ ...secrets, ...accounts },
  IvsCallRates: '210987654321:GetStage=20',
  Limits: 'depth=12',
  RedisPrefix: 'live',
  RedisIam: 'elasticache:live-cache',
  OtlpEndpoint: 'http://collector.internal:4318',
};
const resourcesOf = (more: object) => created(template, { ...given, ...more }).resources;
// biome-ignore lint/suspicious/noExplicitAny: properties of CloudFormation
const propertiesOf = (name: string, more: object = secrets): any => resourcesOf(more)[name]?.Properties;

it.each<Record<string, string>>([
  {},
  ...Object.entries(all).map(([name, value]) => ({ [name]: value })),
  secrets,
  accounts,
  all,
])('%j: is valid', (more) => {
  const { resources, outputs } = created(template, { ...given, ...more });
  expect(Object.entries(resources).flatMap(([name, resource]) => problemsOf(name, resource))).toEqual([]);
  expect(Object.keys(outputs)).toContain('TaskRoleArn');
});

it('has no alias of YAML, which CloudFormation does not take', () => {
  expect(text).not.toMatch(/:\s+[&*]\w/);
});

it('refuses several tasks without Redis', () => {
  expect(violations(template, given)).toEqual([]);
  expect(violations(template, { ...given, MaxTasks: '3' })).toEqual([
    expect.stringMatching(/^RedisUrlSecretArn: /),
  ]);
  expect(violations(template, { ...given, MinTasks: '3' })).toHaveLength(1);
  expect(violations(template, { ...given, MaxTasks: '3', RedisUrlSecretArn })).toEqual([]);
});

it('refuses roles without their accounts', () => {
  expect(violations(template, { ...given, ...accounts })).toEqual([]);
  expect(violations(template, { ...given, IvsRoleArns: OTHER_ROLE })).toEqual([
    expect.stringMatching(/^IvsAccounts: /),
  ]);
});

const containerOf = (more: object) => propertiesOf('TaskDefinition', more).ContainerDefinitions[0];
const variablesOf = (more: object): Record<string, string> =>
  Object.fromEntries(
    containerOf(more).Environment.map(({ Name, Value }: { Name: string; Value: string }) => [
      Name,
      Value === 'AWS::Region' ? 'us-west-2' : Value,
    ]),
  );

describe('the task', () => {
  const container = containerOf(secrets);
  const variables = variablesOf(secrets);

  const values = {
    REDIS_URL: 'rediss://ivs@redis:6379',
    EVENTS_SECRET: '0123456789abcdef',
    METRICS_TOKEN: 'token',
  };
  const started = (more: object) => {
    const names: (keyof typeof values)[] = containerOf(more).Secrets.map(
      ({ Name }: { Name: string }) => Name,
    );
    const injected = Object.fromEntries(names.map((name) => [name, values[name]]));
    const env = { HOST: '0.0.0.0', ...variablesOf(more), ...injected };
    expect([examine(env).problems, misspelt(env)]).toEqual([[], []]);
    return examine(env).config;
  };

  it('starts the gateway', () => {
    const { REDIS_URL: redisUrl, METRICS_TOKEN: metricsToken } = values;
    expect(started(secrets)).toMatchObject({ backend: 'aws', redisUrl, metricsToken, proxies: 1 });
    expect(started({}).accounts).toBeUndefined();
  });

  it('starts it with all parameters', () => {
    expect(started(all)).toMatchObject({
      accounts: [{ id: '123456789012' }, { roleArn: OTHER_ROLE, externalId: all.IvsExternalId }],
      callRates: { '210987654321:GetStage': 20 },
      limits: { depth: 12 },
      redisPrefix: all.RedisPrefix,
      redisIam: { name: 'live-cache' },
      telemetry: { traces: expect.anything() },
    });
  });

  it('has time to stop: more than SHUTDOWN_DELAY_MS, which is that of the load balancer, and 10 s', () => {
    const delay = Number(variables.SHUTDOWN_DELAY_MS) / 1000;
    expect(container.StopTimeout).toBeGreaterThan(delay + 10);
    const { HealthCheckIntervalSeconds, UnhealthyThresholdCount, TargetGroupAttributes } =
      propertiesOf('TargetGroup');
    expect(delay).toBeGreaterThan(HealthCheckIntervalSeconds * UnhealthyThresholdCount);
    expect(TargetGroupAttributes[0].Value).toBe(String(delay));
  });

  it('leaves memory beside the heap', () => {
    const heap = Number(/=(\d+)$/.exec(variables.NODE_OPTIONS ?? '')?.[1]);
    expect(heap).toBeLessThan(Number(propertiesOf('TaskDefinition').Memory) * 0.75);
  });
});

it('assumes the roles of other accounts, and no other', () => {
  expect(propertiesOf('TaskRole', {}).Policies).toBeUndefined();
  expect(propertiesOf('TaskRole', accounts).Policies[0].PolicyDocument.Statement).toEqual([
    { Effect: 'Allow', Action: 'sts:AssumeRole', Resource: [OTHER_ROLE] },
  ]);
});

it('reads only its own secrets, and none without any', () => {
  const statementOf = (more: object) =>
    propertiesOf('ExecutionRole', more).Policies?.[0].PolicyDocument.Statement[0];
  expect(statementOf({})).toBeUndefined();
  expect(statementOf(secrets)).toMatchObject({
    Action: 'secretsmanager:GetSecretValue',
    Resource: [RedisUrlSecretArn, EventsSecretArn, MetricsTokenSecretArn],
  });
  expect(statementOf({ EventsSecretArn }).Resource).toEqual([EventsSecretArn]);
});

it('has the parameters that the page on deployment sets, and no other without a default', () => {
  const page = readFileSync('docs/how-to/deploy.md', 'utf8');
  const [, command = ''] = /--parameter-overrides([\s\S]*?)```/.exec(page) ?? [];
  const set = [...command.matchAll(/\b(\w+)=/g)].map(([, name]) => name);
  const required = Object.keys(template.Parameters).filter(
    (name) => !('Default' in (template.Parameters[name] ?? {})),
  );
  expect(set.sort()).toEqual(required.sort());
});
