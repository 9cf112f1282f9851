// What the rules in deploy/events send: each event of IVS once, writes that CloudTrail saw, no read; as the gateway expects it.
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { HEARTBEAT, parseEvent } from '../../src/events/event.ts';
import { operations } from '../../src/upstream/operation.ts';
import { emulate } from '../emulator/support/emulate.ts';
import { created, parseTemplate } from '../support/cloudformation.ts';
import { matches } from '../support/event-pattern.ts';
import { deliver, EVENTS, eventOf, heartbeat, KEY, listenForEvents } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';

const template = parseTemplate(readFileSync('deploy/events/cloudformation.yaml', 'utf8'));
const { resources } = created(template, { EventsUrl: 'https://ivs.example.com/events', EventsSecret: KEY });
const rules = Object.entries(resources)
  .filter(([, { Type }]) => Type === 'AWS::Events::Rule')
  .map(([name, { Properties }]) => ({ name, ...Properties }) as Rule);
interface Rule {
  name: string;
  State: string;
  EventPattern?: Record<string, unknown>;
  ScheduleExpression?: string;
  Targets: object[];
}
const rulesFor = (event: object) =>
  rules.filter(({ EventPattern }) => EventPattern && matches(EventPattern, event)).map(({ name }) => name);

const ACCOUNT = 'arn:aws:ivs:us-west-2:123456789012';
const [stage, composition, channel] = ['stage/a', 'composition/a', 'channel/a'].map(
  (id) => `${ACCOUNT}:${id}`,
);
/** https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/eventbridge.html, and LowLatencyUserGuide */
const EVENTS_OF_IVS: [detailType: string, arn: string | undefined, member: string, names: string[]][] = [
  [
    'IVS Stage Update',
    stage,
    'event_name',
    [
      ...['Participant Published', 'Participant Unpublished', 'Participant Publish Error'],
      ...['Participant Replication Start', 'Participant Replication End', 'Token Exchanged'],
    ],
  ],
  [
    'IVS Participant Recording State Change',
    stage,
    'event_name',
    ['Recording Start', 'Recording End', 'Recording Start Failure', 'Recording End Failure'],
  ],
  ['IVS Publisher Recording State Change', stage, 'event_name', ['Recording Start']],
  [
    'IVS Composition State Change',
    composition,
    'event_name',
    [
      ...['Session Start', 'Session End', 'Session Failure'],
      ...['Destination Start', 'Destination End', 'Destination Failure', 'Destination Reconnecting'],
    ],
  ],
  [
    'IVS Stream State Change',
    channel,
    'event_name',
    [
      ...['Session Created', 'Session Ended', 'Stream Start', 'Stream End'],
      ...['Stream Failure', 'Stream Takeover', 'Stream Takeover Failure'],
    ],
  ],
  ['IVS Stream Health Change', channel, 'event_name', ['Starvation Start', 'Starvation End']],
  ['IVS Limit Breach', channel, 'limit_name', ['Ingest Bitrate', 'Ingest Resolution']],
  ['IVS Limit Breach', undefined, 'limit_name', ['Concurrent Broadcasts', 'Concurrent Viewers']],
  [
    'IVS Recording State Change',
    channel,
    'recording_status',
    ['Recording Start', 'Recording End', 'Recording Start Failure', 'Recording End Failure'],
  ],
  ['IVS Ad Break State Change', channel, 'event_name', ['Ad Break Inserted']],
  ['IVS Event of a Later Version', channel, 'event_name', ['Later']],
];
const samples = EVENTS_OF_IVS.flatMap(([detailType, arn, member, names]) =>
  names.map((name) =>
    eventOf(detailType, { resources: arn ? [arn] : [], detail: { [member]: name, stream_id: 'st-1' } }),
  ),
);
const callOf = (eventName: string, more: object = {}) =>
  eventOf('AWS API Call via CloudTrail', {
    detail: {
      ...{ eventVersion: '1.09', eventSource: 'ivs.amazonaws.com', eventName, awsRegion: 'us-west-2' },
      ...{ requestParameters: { arn: stage }, responseElements: null },
      ...more,
    },
  });
const namesOf = (isRead: boolean) => [
  ...new Set(operations.filter((operation) => operation.isRead === isRead).map(({ name }) => name)),
];

describe('the rules', () => {
  it.each(
    samples.map((event) => [event['detail-type'], Object.values(event.detail as object)[0], event] as const),
  )('%s, %s: one sends it', (_, __, event) => {
    expect(rulesFor(event)).toEqual(['IvsRule']);
  });

  it.each(namesOf(false))('%s that CloudTrail saw: one sends it', (name) => {
    expect(rulesFor(callOf(name))).toEqual(['CloudTrailRule']);
    expect(rulesFor(callOf(name, { readOnly: false }))).toEqual(['CloudTrailRule']);
  });

  it.each(namesOf(true))('%s that CloudTrail saw: none sends it', (name) => {
    expect(rulesFor(callOf(name))).toEqual([]);
  });

  it('send each event of a live show in the emulator once', async () => {
    const { emulator, clock } = await emulate({ seed: 'demo', alive: true });
    clock.advance(30 * 60_000);
    const { events } = emulator.control.events();
    const sent = events.filter((event) => event['detail-type'] !== HEARTBEAT);
    expect(sent.length).toBeGreaterThan(20);
    expect(sent.filter((event) => rulesFor(event).length !== 1)).toEqual([]);
  });

  it('send nothing of other services, nor of Chat, which the graph does not have', () => {
    const chat = {
      source: 'aws.ivschat',
      detail: { eventSource: 'ivschat.amazonaws.com', eventName: 'CreateRoom' },
    };
    expect(rulesFor(eventOf('AWS API Call via CloudTrail', chat))).toEqual([]);
    expect(rulesFor(eventOf('MediaLive Channel State Change', { source: 'aws.medialive' }))).toEqual([]);
  });

  it('receive no read-only calls, are on the default bus, and send events unchanged', () => {
    for (const { State, Targets, ...rule } of rules) {
      expect(State).toBe('ENABLED');
      expect(rule).not.toHaveProperty('EventBusName');
      for (const name of ['Input', 'InputPath', 'InputTransformer'])
        for (const target of Targets) expect(target).not.toHaveProperty(name);
    }
  });

  it('have a heartbeat that the gateway takes for one', () => {
    const scheduled = rules.filter(({ ScheduleExpression }) => ScheduleExpression);
    // `ivs_graphql_events_heartbeat_up` is 0 after 150 s.
    expect(scheduled.map(({ ScheduleExpression }) => ScheduleExpression)).toEqual(['rate(1 minute)']);
    expect(parseEvent(JSON.stringify(heartbeat())).kind).toBe(HEARTBEAT);
  });
});

describe('the gateway', () => {
  const { Connection, ApiDestination } = resources;
  const { ApiKeyName } = Connection?.Properties.AuthParameters?.ApiKeyAuthParameters ?? {};
  const { HttpMethod, InvocationEndpoint } = ApiDestination?.Properties ?? {};

  it('accepts what the rules send, as the destination sends it', async () => {
    const { url } = await listenForEvents(await startGateway({ server: { events: EVENTS } }));
    const to = new URL(new URL(InvocationEndpoint).pathname, url).href;
    const options = { method: HttpMethod, headers: { 'x-ivs-events-key': 'another', [ApiKeyName]: KEY } };
    for (const event of [...samples, ...namesOf(false).map((name) => callOf(name)), heartbeat()]) {
      const { status, body } = await deliver(to, event, options);
      expect([event['detail-type'], status, body]).toEqual([
        event['detail-type'],
        200,
        { outcome: 'accepted' },
      ]);
    }
  });
});
