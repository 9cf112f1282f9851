// The two ways to create what sends events to the gateway: CloudFormation and Terraform would take them, they grant no more
// than is needed, and they create the same.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { created, parseTemplate, problemsOf, type Resource, violations } from '../support/cloudformation.ts';
import { namesIn, parseConfiguration, referencesIn } from '../support/terraform.ts';

const DIR = 'deploy/events';
const template = parseTemplate(readFileSync(`${DIR}/cloudformation.yaml`, 'utf8'));
const terraform = await parseConfiguration(readFileSync(`${DIR}/main.tf`, 'utf8'));
const readme = readFileSync(`${DIR}/README.md`, 'utf8');

const GATEWAY = { EventsUrl: 'https://ivs.example.com/events', EventsSecret: 'x'.repeat(32) };
const given = ['api-destination', 'sqs'].flatMap((Delivery) =>
  ['yes', 'no'].flatMap((CloudTrailWrites) =>
    ['', 'arn:aws:sns:us-west-2:123456789012:alarms'].map((AlarmTopicArn) => ({
      ...GATEWAY,
      ...{ Delivery, CloudTrailWrites, AlarmTopicArn },
    })),
  ),
);
const resourcesOf = (parameters: Record<string, string>) => created(template, parameters).resources;
const byDestination = resourcesOf({ ...GATEWAY, Delivery: 'api-destination' });
const byQueue = resourcesOf({ Delivery: 'sqs' });
const all: Record<string, Resource> = { ...byDestination, ...byQueue };

// biome-ignore lint/suspicious/noExplicitAny: statements of IAM
type Any = any;
/** The statements of all policies, wherever they are. */
function statementsIn(value: Any): Any[] {
  if (typeof value !== 'object' || value === null) return [];
  const own = 'Statement' in value ? value.Statement : [];
  return [...own, ...Object.values(value).flatMap(statementsIn)];
}
const inBoth: [string, Any[]][] = [
  ['CloudFormation', statementsIn(all)],
  ['Terraform', statementsIn(terraform.resource)],
];
const granted = (statements: Any[]) =>
  statements.map(({ Principal, Action }) => JSON.stringify([Principal, [Action].flat()])).sort();

describe('the template', () => {
  it.each(given)('%j: is valid, and what it refers to is created', (parameters) => {
    const { resources, outputs } = created(template, parameters);
    expect(Object.entries(resources).flatMap(([name, resource]) => problemsOf(name, resource))).toEqual([]);
    expect(Object.keys(outputs)).toContain('DeadLetterQueueUrl');
    expect('CloudTrailRule' in resources).toBe(parameters.CloudTrailWrites === 'yes');
  });

  it('hides the secret', () => {
    expect(template.Parameters.EventsSecret?.NoEcho).toBe(true);
    expect(terraform.variable.events_secret?.[0].sensitive).toBe(true);
  });

  it('has only queues, or only a destination', () => {
    const types = (some: Record<string, Resource>) => Object.values(some).map(({ Type }) => Type);
    expect(types(byQueue).filter((type) => /Role|Connection|ApiDestination/.test(type))).toEqual([]);
    expect(types(byDestination).filter((type) => type === 'AWS::SQS::Queue')).toHaveLength(1);
  });
});

describe('wrong parameters', () => {
  it('are refused: an API destination without URL or secret', () => {
    expect(violations(template, { Delivery: 'sqs' })).toEqual([]);
    expect(violations(template, GATEWAY)).toEqual([]);
    const descriptions = violations(template, {});
    expect(descriptions.map((text) => text.split(':')[0])).toEqual(['EventsUrl', 'EventsSecret']);
    for (const type of ['aws_cloudwatch_event_api_destination', 'aws_cloudwatch_event_connection'])
      expect(terraform.resource[type]?.gateway?.[0].lifecycle[0].precondition).toHaveLength(1);
  });

  it.each([
    [
      'EventsUrl',
      'events_url',
      ['https://ivs.example.com/events'],
      ['http://ivs.example.com/', 'x', 'https://a b'],
    ],
    [
      'EventsSecret',
      'events_secret',
      ['0123456789abcdef'.repeat(4), `-_.~!+/${'x'.repeat(32)}`],
      // The gateway takes a comma for the end of a secret.
      ['short', `${'x'.repeat(32)},y`, `${'x'.repeat(32)} y`, 'x'.repeat(513)],
    ],
  ])('are refused: %s', (parameter, name, valid, invalid) => {
    const { AllowedPattern = '' } = template.Parameters[parameter] ?? {};
    const isAllowed = (value: string) => new RegExp(AllowedPattern).test(value);
    expect(['', ...valid].filter((value) => !isAllowed(value))).toEqual([]);
    expect(invalid.filter(isAllowed)).toEqual([]);
    const { condition } = terraform.variable[name]?.[0].validation[0] ?? {};
    expect(condition.replaceAll('\\\\', '\\')).toContain(`"${AllowedPattern}"`);
  });
});

describe('the configuration of Terraform', () => {
  it('refers to what it declares', () => {
    const names = namesIn(terraform);
    const references = referencesIn(terraform);
    expect(references.length).toBeGreaterThan(40);
    expect(references.filter((name) => !names.has(name))).toEqual([]);
  });

  it('uses each variable', () => {
    const used = new Set(referencesIn([terraform.resource, terraform.locals]));
    expect(Object.keys(terraform.variable).filter((name) => !used.has(`var.${name}`))).toEqual([]);
  });
});

describe('permissions', () => {
  it.each(inBoth)('%s: name their actions, resources, services and senders', (_, statements) => {
    expect(statements).toHaveLength(5);
    for (const { Effect, Action, Resource, Principal, Condition } of statements) {
      expect(Effect).toBe('Allow');
      expect(JSON.stringify([Action, Resource ?? '', Principal ?? ''])).not.toContain('*');
      // What a service may do, it may do for these rules, or this account.
      if (Principal) expect(JSON.stringify(Condition)).toMatch(/"aws:Source(Arn|Account)"/);
    }
  });

  it.each(inBoth)('%s: are the least', (_, statements) => {
    const EVENTBRIDGE = { Service: 'events.amazonaws.com' };
    const expected = [
      [EVENTBRIDGE, ['sqs:SendMessage']],
      [EVENTBRIDGE, ['sqs:SendMessage']],
      [EVENTBRIDGE, ['sts:AssumeRole']],
      [undefined, ['events:InvokeApiDestination']],
      [undefined, ['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes']],
    ];
    expect(granted(statements)).toEqual(expected.map((one) => JSON.stringify(one)).sort());
  });

  it('of the dead-letter queue are those of the rules that have it', () => {
    const rules = Object.entries(all).filter(
      ([, { Properties }]) => Properties.Targets?.[0].DeadLetterConfig,
    );
    const [statement] = statementsIn(all.DeadLetterQueuePolicy);
    expect(statement.Condition.ArnEquals['aws:SourceArn']).toEqual(rules.map(([name]) => `${name}.Arn`));
  });
});

describe('CloudFormation and Terraform', () => {
  const { resource, locals, variable, output } = terraform;
  const block = (type: string, name: string) => resource[type]?.[name]?.[0];
  const properties = (name: string) => all[name]?.Properties as Any;
  const snake = (name: string) => name.replace(/([a-z])([A-Z])/g, '$1_$2').toLowerCase();
  const snaked = (value: object) =>
    Object.fromEntries(Object.entries(value).map(([name, member]) => [snake(name), member]));

  it('have the same event patterns', () => {
    expect(locals[0].patterns).toEqual({
      ivs: properties('IvsRule').EventPattern,
      cloudtrail: properties('CloudTrailRule').EventPattern,
    });
  });

  it('have the same rules and targets', () => {
    const [events, heartbeat] = ['events', 'heartbeat'].map((name) => [
      block('aws_cloudwatch_event_rule', name),
      block('aws_cloudwatch_event_target', name),
    ]) as [Any, Any];
    for (const [name, [rule, target]] of Object.entries({
      IvsRule: events,
      CloudTrailRule: events,
      HeartbeatRule: heartbeat,
    })) {
      const { State, ScheduleExpression, Targets } = properties(name);
      expect([name, rule.state, rule.schedule_expression]).toEqual([name, State, ScheduleExpression]);
      expect(Targets).toHaveLength(1);
      expect(target.retry_policy).toEqual([snaked(Targets[0].RetryPolicy)]);
      expect([name, 'dead_letter_config' in target]).toEqual([name, 'DeadLetterConfig' in Targets[0]]);
    }
  });

  it('have the same connection and destination', () => {
    const { AuthParameters, AuthorizationType } = properties('Connection');
    const connection = block('aws_cloudwatch_event_connection', 'gateway');
    expect(connection.authorization_type).toBe(AuthorizationType);
    expect(connection.auth_parameters[0].api_key[0].key).toBe(AuthParameters.ApiKeyAuthParameters.ApiKeyName);
    const destination = block('aws_cloudwatch_event_api_destination', 'gateway');
    expect(destination.http_method).toBe(properties('ApiDestination').HttpMethod);
    expect(variable.rate_per_second?.[0].default).toBe(template.Parameters.RatePerSecond?.Default);
  });

  it.each([
    ['EventsQueue', 'events'],
    ['DeadLetterQueue', 'dead_letters'],
  ])('have the same queue %s', (inTemplate, inTerraform) => {
    const queue = block('aws_sqs_queue', inTerraform);
    const { RedrivePolicy, ...expected } = properties(inTemplate);
    expect(queue.redrive_policy?.maxReceiveCount).toBe(RedrivePolicy?.maxReceiveCount);
    expect({
      MessageRetentionPeriod: queue.message_retention_seconds,
      ReceiveMessageWaitTimeSeconds: queue.receive_wait_time_seconds,
      VisibilityTimeout: queue.visibility_timeout_seconds,
      SqsManagedSseEnabled: queue.sqs_managed_sse_enabled,
    }).toEqual(expected);
  });

  it.each([
    ['DeadLetterAlarm', 'dead_letters'],
    ['HeartbeatAlarm', 'heartbeat'],
    ['EventsQueueAlarm', 'events'],
  ])('have the same alarm %s', (inTemplate, inTerraform) => {
    const { Dimensions, ...alarm } = properties(inTemplate);
    const same = block('aws_cloudwatch_metric_alarm', inTerraform);
    expect(same).toMatchObject(snaked(alarm));
    expect(Object.keys(same.dimensions)).toEqual(Dimensions.map(({ Name }: { Name: string }) => Name));
    for (const actions of [same.alarm_actions, same.ok_actions])
      expect(referencesIn(actions)).toEqual(['local.alarm_actions']);
  });

  it('have the same outputs', () => {
    expect(Object.keys(output).sort()).toEqual(Object.keys(template.Outputs).map(snake).sort());
  });
});

it('README.md names parameters, variables and outputs that exist', () => {
  const named = (pattern: RegExp) => [...readme.matchAll(pattern)].map(([, name]) => name as string);
  const overrides = named(/^\s+(\w+)=\S+ ?\\?$/gm);
  expect(overrides.length).toBeGreaterThan(2);
  expect(overrides.filter((name) => !(name in template.Parameters))).toEqual([]);
  const variables = named(/-var (\w+)=/g);
  expect(variables.length).toBeGreaterThan(1);
  expect(variables.filter((name) => !(name in terraform.variable))).toEqual([]);
  for (const name of Object.keys(template.Parameters)) expect(readme).toContain(`\`${name}\``);
});
