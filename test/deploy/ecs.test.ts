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
const secrets = { RedisUrlSecretArn, EventsSecretArn };
const resourcesOf = (more: object) => created(template, { ...given, ...more }).resources;
// biome-ignore lint/suspicious/noExplicitAny: properties of CloudFormation
const propertiesOf = (name: string, more: object = secrets): any => resourcesOf(more)[name]?.Properties;

it.each<Record<string, string>>([{}, { RedisUrlSecretArn }, { EventsSecretArn }, secrets])(
  '%j: is valid',
  (more) => {
    const { resources, outputs } = created(template, { ...given, ...more });
    expect(Object.entries(resources).flatMap(([name, resource]) => problemsOf(name, resource))).toEqual([]);
    expect(Object.keys(outputs)).toContain('TaskRoleArn');
  },
);

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

describe('the task', () => {
  const [container] = propertiesOf('TaskDefinition').ContainerDefinitions;
  const variables = Object.fromEntries(
    container.Environment.map(({ Name, Value }: { Name: string; Value: string }) => [
      Name,
      Value === 'AWS::Region' ? 'us-west-2' : Value,
    ]),
  );

  it('starts the gateway', () => {
    const values = { REDIS_URL: 'rediss://redis:6379', EVENTS_SECRET: '0123456789abcdef' };
    const injected = container.Secrets.map(({ Name }: { Name: keyof typeof values }) => [Name, values[Name]]);
    const env = { HOST: '0.0.0.0', ...variables, ...Object.fromEntries(injected) };
    expect([examine(env).problems, misspelt(env)]).toEqual([[], []]);
    expect(examine(env).config).toMatchObject({ backend: 'aws', redisUrl: values.REDIS_URL, proxies: 1 });
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
    const heap = Number(/=(\d+)$/.exec(variables.NODE_OPTIONS)?.[1]);
    expect(heap).toBeLessThan(Number(propertiesOf('TaskDefinition').Memory) * 0.75);
  });
});

it('reads only its own secrets, and none without any', () => {
  const statementOf = (more: object) =>
    propertiesOf('ExecutionRole', more).Policies?.[0].PolicyDocument.Statement[0];
  expect(statementOf({})).toBeUndefined();
  expect(statementOf(secrets)).toMatchObject({
    Action: 'secretsmanager:GetSecretValue',
    Resource: [RedisUrlSecretArn, EventsSecretArn],
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
