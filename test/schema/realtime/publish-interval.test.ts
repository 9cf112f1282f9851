import type { EventName } from '@aws-sdk/client-ivs-realtime';
import { describe, expect, it } from 'vitest';
import { PublishIntervals } from '../../../src/schema/realtime/publish-interval.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';
import { createSession } from '../../support/world.ts';

type Event = [second: number, name: EventName];
const at = (second: number) => new Date(Date.UTC(2026, 0, 1, 0, 0, second));

/** The seconds of start and end of each interval. */
const intervalsOf = (...events: Event[]) =>
  PublishIntervals.of(events.map(([second, name]) => ({ name, eventTime: at(second) }))).map(
    ({ startTime, endTime }) => [startTime?.getUTCSeconds() ?? null, endTime?.getUTCSeconds() ?? null],
  );

describe('from events', () => {
  it.each<[string, Event[], (number | null)[][]]>([
    ['none', [[1, 'JOINED']], []],
    [
      'one that goes on',
      [
        [1, 'JOINED'],
        [2, 'PUBLISH_STARTED'],
      ],
      [[2, null]],
    ],
    [
      'in no order of time',
      [
        [9, 'PUBLISH_STOPPED'],
        [4, 'PUBLISH_STOPPED'],
        [2, 'PUBLISH_STARTED'],
        [7, 'PUBLISH_STARTED'],
      ],
      [
        [2, 4],
        [7, 9],
      ],
    ],
    [
      'a stop and a start in one second',
      [
        [5, 'PUBLISH_STARTED'],
        [5, 'PUBLISH_STOPPED'],
        [2, 'PUBLISH_STARTED'],
      ],
      [
        [2, 5],
        [5, null],
      ],
    ],
    [
      'a start and a stop in one second',
      [
        [5, 'PUBLISH_STOPPED'],
        [5, 'PUBLISH_STARTED'],
      ],
      [[5, 5]],
    ],
    [
      'a departure without a stop',
      [
        [2, 'PUBLISH_STARTED'],
        [4, 'LEFT'],
      ],
      [[2, 4]],
    ],
    [
      'a stop that is listed after the departure',
      [
        [2, 'PUBLISH_STARTED'],
        [4, 'LEFT'],
        [5, 'PUBLISH_STOPPED'],
      ],
      [[2, 4]],
    ],
    [
      'a return within a second',
      [
        [1, 'JOINED'],
        [2, 'PUBLISH_STARTED'],
        [4, 'PUBLISH_STARTED'],
        [4, 'JOINED'],
        [4, 'LEFT'],
        [4, 'PUBLISH_STOPPED'],
      ],
      [
        [2, 4],
        [4, null],
      ],
    ],
    [
      'a return within a second, without a stop',
      [
        [1, 'JOINED'],
        [2, 'PUBLISH_STARTED'],
        [4, 'PUBLISH_STARTED'],
        [4, 'JOINED'],
        [4, 'LEFT'],
      ],
      [
        [2, 4],
        [4, null],
      ],
    ],
    [
      'a visit within a second',
      [
        [4, 'LEFT'],
        [4, 'PUBLISH_STARTED'],
        [4, 'JOINED'],
      ],
      [[4, 4]],
    ],
    [
      'a start that is not listed',
      [
        [3, 'PUBLISH_STOPPED'],
        [5, 'PUBLISH_STARTED'],
      ],
      [
        [null, 3],
        [5, null],
      ],
    ],
    [
      'a start that is listed twice',
      [
        [2, 'PUBLISH_STARTED'],
        [3, 'PUBLISH_STARTED'],
        [4, 'PUBLISH_STOPPED'],
      ],
      [[2, 4]],
    ],
    [
      'an error, which is no start',
      [
        [2, 'PUBLISH_ERROR'],
        [3, 'LEFT'],
      ],
      [],
    ],
  ])('%s', (_what, events, intervals) => {
    expect(intervalsOf(...events)).toEqual(intervals);
  });

  it('leaves out an event without a time', () => {
    expect(PublishIntervals.of([{ name: 'PUBLISH_STARTED' }])).toEqual([]);
  });
});

const pause = ({ clock }: TestGateway) => new Promise<void>((resolve) => void clock.after(10_000, resolve));

it('reads them with one call, shared with the events', async () => {
  const gateway = await startGateway();
  const { stageArn, sessionId, participantIds } = await createSession(gateway, 1);
  const [participantId] = participantIds as [string];
  const { control } = gateway.emulator;
  control.publish({ stageArn, participantId });
  await pause(gateway);
  control.unpublish({ stageArn, participantId });
  await pause(gateway);
  control.publish({ stageArn, participantId });
  const query = `{ _entities(representations: [{ __typename: "Participant", stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${participantId}" }]) {
    ... on Participant { publishIntervals { startTime endTime durationSeconds } events { nodes { name } } } } }`;
  const { _entities } = await gateway.data(query);
  expect(_entities[0].events.nodes).toHaveLength(4);
  expect(_entities[0].publishIntervals).toEqual([
    { startTime: '2026-01-01T00:00:00.000Z', endTime: '2026-01-01T00:00:10.000Z', durationSeconds: 10 },
    { startTime: '2026-01-01T00:00:20.000Z', endTime: null, durationSeconds: null },
  ]);
  expect(gateway.calls()).toEqual({ ListParticipantEvents: 1 });
});

it('reads those of a copy on another stage', async () => {
  const gateway = await startGateway();
  const { data, emulator } = gateway;
  const from = await createSession(gateway, 1);
  const to = await createSession(gateway, 1);
  const [participantId] = from.participantIds as [string];
  emulator.control.publish({ stageArn: from.stageArn, participantId });
  await data(
    `mutation { startParticipantReplication(input: { sourceStageArn: "${from.stageArn}", destinationStageArn: "${to.stageArn}", participantId: "${participantId}" }) { __typename } }`,
  );
  await pause(gateway);
  emulator.control.leave({ stageArn: from.stageArn, participantId });
  const { participant } = await data(
    `{ participant(stageArn: "${to.stageArn}", sessionId: "${to.sessionId}", participantId: "${participantId}") {
      replicationType publishIntervals { durationSeconds } } }`,
  );
  expect(participant).toEqual({ replicationType: 'REPLICA', publishIntervals: [{ durationSeconds: 10 }] });
});

it('fails when there are more events than it reads', async () => {
  const gateway = await startGateway();
  const { stageArn, sessionId, participantIds } = await createSession(gateway, 1);
  const [participantId] = participantIds as [string];
  for (let count = 0; count < 250; count += 1) {
    gateway.emulator.control.publish({ stageArn, participantId });
    gateway.emulator.control.unpublish({ stageArn, participantId });
  }
  const { data, errors } = await gateway.ask(
    `{ participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${participantId}") { userId publishIntervals { startTime } } }`,
  );
  expect(data.participant).toEqual({ userId: 'user-0', publishIntervals: null });
  expect(errors).toMatchObject([
    {
      message: 'publishIntervals: expected a participant with at most 500 events, got more. Read `events`.',
      path: ['participant', 'publishIntervals'],
      extensions: { code: 'BAD_USER_INPUT' },
    },
  ]);
  expect(gateway.calls()).toEqual({ GetParticipant: 1, ListParticipantEvents: 5 });
});
