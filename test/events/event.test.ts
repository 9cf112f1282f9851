// What is read of the events of IVS, in the spelling of AWS's documents.
import { describe, expect, it } from 'vitest';
import { MalformedEventError } from '../../src/events/envelope.ts';
import { parseEvent } from '../../src/events/event.ts';
import { eventOf, stageUpdate } from '../support/events.ts';

const arn = (rest: string) => `arn:aws:ivs:us-west-2:123456789012:${rest}`;
const [STAGE, OTHER, COMPOSITION, CHANNEL] = [
  arn('stage/TownHall0001'),
  arn('stage/Other0000001'),
  arn('composition/Comp00000001'),
  arn('channel/MainStage001'),
];
const parse = (event: unknown) => parseEvent(JSON.stringify(event));
const region = 'us-west-2';
const p1 = { arn: STAGE, participants: ['p1'] };

describe('what may have changed', () => {
  const stage = { session_id: 'st-1', participant_id: 'p1' };
  const event = (detailType: string, resources: string[], detail: object) =>
    eventOf(detailType, { resources, detail });
  const target = { account: undefined, region };
  const ingest = { list: 'ListIngestConfigurations', target };
  const streams = { list: 'ListStreams', target };

  it.each([
    ['a participant publishes', stageUpdate(STAGE, 'p1'), [p1, ingest]],
    ['an attempt fails', stageUpdate(STAGE, 'p1', 'Participant Publish Error'), [p1, ingest]],
    [
      'a replication starts',
      event('IVS Stage Update', [STAGE], {
        ...stage,
        event_name: 'Participant Replication Start',
        destination_stage_arn: OTHER,
        destination_session_id: 'st-2',
      }),
      [p1, { arn: OTHER, participants: ['p1'] }, ingest],
    ],
    [
      'a replica publishes',
      event('IVS Stage Update', [OTHER], { ...stage, replica: true, source_stage_arn: STAGE }),
      [{ arn: OTHER, participants: ['p1'] }, p1, ingest],
    ],
    ['a name that is not known', stageUpdate(STAGE, 'p1', 'Participant Danced'), [p1, ingest]],
    [
      'a participant that is not named',
      event('IVS Stage Update', [STAGE], { event_name: 'Participant Published' }),
      [{ arn: STAGE, participants: 'all' }, ingest],
    ],
    ['a recording starts', event('IVS Participant Recording State Change', [STAGE], stage), [p1]],
    ['the same, by its other name', event('IVS Publisher Recording State Change', [STAGE], stage), [p1]],
    [
      'a composition starts',
      event('IVS Composition State Change', [COMPOSITION], { event_name: 'Session Start', stage_arn: STAGE }),
      [{ arn: COMPOSITION }, { arn: STAGE }, { list: 'ListCompositions', target }],
    ],
    ['a stream starts', event('IVS Stream State Change', [CHANNEL], {}), [{ arn: CHANNEL }, streams]],
    ['a stream starves', event('IVS Stream Health Change', [CHANNEL], {}), [{ arn: CHANNEL }, streams]],
    ['a channel is recorded', event('IVS Recording State Change', [CHANNEL], {}), [{ arn: CHANNEL }]],
    ['a limit of the account', event('IVS Limit Breach', [], { limit_name: 'Concurrent Viewers' }), []],
    [
      'a detail-type that is not known',
      event('IVS Stage Dance', [STAGE], { channel_arn: CHANNEL }),
      [{ arn: STAGE }, { arn: CHANNEL }],
    ],
    ['no detail', eventOf('IVS Stage Update', { detail: undefined }), [ingest]],
    ['resources of a wrong kind', eventOf('IVS Recording State Change', { resources: [7, ''] }), []],
    ['chat, which has no place in the graph', cloudTrail('CreateRoom', {}, { source: 'aws.ivschat' }), []],
    ['a read', cloudTrail('GetStage', { readOnly: true }), []],
    [
      'a write of another client',
      cloudTrail('DeleteStage', { requestParameters: { arn: STAGE }, responseElements: null }),
      [
        {
          write: 'DeleteStage',
          target: { account: undefined, region: 'eu-west-1' },
          input: { arn: STAGE },
          output: null,
        },
      ],
    ],
  ])('%s', (_, given, changes) => {
    expect(parse(given).changes).toEqual(changes);
  });
});

function cloudTrail(eventName: string, detail: object, parts: object = {}) {
  const record = { eventSource: 'ivs.amazonaws.com', awsRegion: 'eu-west-1', eventName, ...detail };
  return eventOf('AWS API Call via CloudTrail', { detail: record, ...parts });
}

it('has id, time, region and account', () => {
  const event = stageUpdate(STAGE, 'p1');
  expect(parse(event)).toMatchObject({
    id: event.id,
    kind: 'IVS Stage Update',
    time: new Date('2026-11-27T10:00:01Z'),
    region: 'us-west-2',
    account: '123456789012',
  });
  expect(parse(eventOf('IVS Stage Dance'))).toMatchObject({ kind: 'other' });
  expect(parse(cloudTrail('DeleteStage', {}))).toMatchObject({ region: 'eu-west-1' });
});

it.each([
  ['no JSON', '{"id":', /Expected a JSON object/],
  ['a list', '[]', /Expected a JSON object/],
  ['null', 'null', /Expected a JSON object/],
  ['no id', eventOf('IVS Stage Update', { id: '' }), /^id: expected a text of 1 to 128 characters, got ""/],
  ['a long id', eventOf('IVS Stage Update', { id: 'x'.repeat(129) }), /^id: .{100,150}$/],
  ['no type', { ...eventOf(''), 'detail-type': 1 }, /^detail-type: expected .*, got 1$/],
  ['no region', { ...eventOf('IVS Stage Update'), region: undefined }, /^region: expected .*, got nothing$/],
  ['a time that is none', eventOf('IVS Stage Update', { time: 'now' }), /^time: expected an ISO 8601 time/],
  ['another source', eventOf('Object Created', { source: 'aws.s3' }), /^source: expected aws.ivs or/],
])('refuses %s', (_, given, message) => {
  const text = typeof given === 'string' ? given : JSON.stringify(given);
  expect(() => parseEvent(text)).toThrow(MalformedEventError);
  expect(() => parseEvent(text)).toThrow(message);
});
