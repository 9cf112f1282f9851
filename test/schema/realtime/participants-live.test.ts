// Who is on a stage, as subscribers hear of it.
import { describe, expect, it } from 'vitest';
import { boundedTo } from '../../support/callers.ts';
import { hold } from '../../support/clock.ts';
import { EVENTS, listenForEvents, stageUpdate } from '../../support/events.ts';
import { startGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { listen } from '../../support/listen.ts';
import { createSession, createStage } from '../../support/world.ts';

const PARTICIPANTS = `subscription ($stage: ID!, $filter: ParticipantFilter, $after: String) {
  participants(stageArn: $stage, filter: $filter, after: $after) {
    __typename
    ... on LiveEvent { id cursor source }
    ... on ParticipantsState { session { sessionId } nodes { userId state published } }
    ... on ParticipantJoined { participant { userId state firstJoinTime } session { sessionId } }
    ... on ParticipantLeft { participant { userId state } }
    ... on ParticipantChanged { eventName participant { userId published } }
    ... on LiveGap { reason }
  }
}`;

async function open(people = 2, options: TestGatewayOptions = {}) {
  const gateway = await startGateway({ ...options, server: { events: EVENTS, ...options.server } });
  const session = await createSession(gateway, people);
  const { send } = await listenForEvents(gateway);
  const subscribe = (variables: object = {}) =>
    listen(gateway, PARTICIPANTS, { stage: session.stageArn, ...variables });
  return { gateway, ...session, send, subscribe, control: gateway.emulator.control };
}

describe('participants', () => {
  it('are sent first, then who joins and who leaves', async () => {
    const { subscribe, control, stageArn, sessionId, participantIds } = await open();
    const { until } = await subscribe();
    const [state] = await until('ParticipantsState');
    expect(state).toMatchObject({
      source: 'POLL',
      session: { sessionId },
      nodes: [
        { userId: 'user-0', state: 'CONNECTED' },
        { userId: 'user-1', state: 'CONNECTED' },
      ],
    });
    control.join({ stageArn, userId: 'late' });
    expect(await until('ParticipantJoined')).toMatchObject([
      {
        source: 'POLL',
        participant: { userId: 'late', state: 'CONNECTED', firstJoinTime: expect.any(String) },
        session: { sessionId },
      },
    ]);
    control.leave({ stageArn, participantId: participantIds[0] as string });
    expect(await until('ParticipantLeft')).toMatchObject([
      { source: 'POLL', participant: { userId: 'user-0', state: 'DISCONNECTED' } },
    ]);
  });

  it('cost a call at most every two seconds, whoever listens, and none when nobody does', async () => {
    const { subscribe, gateway } = await open();
    const pass = hold(gateway.clock);
    const listeners = await Promise.all(Array.from({ length: 100 }, () => subscribe()));
    for (const { until } of listeners) await until('ParticipantsState');
    expect(gateway.calls()).toEqual({ GetStage: 1, ListParticipants: 1 });
    await pass(10_100);
    expect(gateway.calls()).toEqual({ ListParticipants: 5 });
    for (const { close } of listeners) close();
    await pass(10_000);
    expect(gateway.calls()).toEqual({});
  });

  it('are in the cache for queries of the same list', async () => {
    const lead = await startGateway();
    const { stageArn, sessionId } = await createSession(lead, 2);
    const gateway = await startGateway({ beside: lead, cached: true });
    const pass = hold(gateway.clock);
    const { until } = await listen(gateway, PARTICIPANTS, { stage: stageArn });
    await until('ParticipantsState');
    await pass(2100);
    gateway.calls();
    const { participants } = await gateway.data(
      `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}", filter: { state: CONNECTED }) { nodes { userId } } }`,
    );
    expect(participants.nodes).toEqual([{ userId: 'user-0' }, { userId: 'user-1' }]);
    expect(gateway.calls()).toEqual({});
  });

  it('cost what is selected: members of lists nothing, details a call each', async () => {
    const { gateway, stageArn } = await open();
    const costOf = async (fields: string) => {
      const query = `subscription { participants(stageArn: "${stageArn}") { ... on ParticipantsState { nodes { ${fields} } } ... on ParticipantJoined { participant { ${fields} } } } }`;
      const { next } = await listen(gateway, query, {}, { 'x-ivs-cost': 'dryRun' });
      const { extensions } = (await next()) as { extensions?: { ivs: { calls: number } } };
      return extensions?.ivs.calls;
    };
    gateway.calls();
    expect(await costOf('userId state published')).toBe(0);
    // A state is counted with 1,000 items; they can be looked up in lists, too.
    expect(await costOf('browserName')).toBeGreaterThan(1000);
    expect(gateway.calls()).toEqual({});
    const details = `subscription { participants(stageArn: "${stageArn}") { ... on ParticipantsState { nodes { browserName session { participants { nodes { browserName } } } } } } }`;
    const { next } = await listen(gateway, details);
    expect(await next()).toMatchObject({ errors: [{ extensions: { code: 'QUERY_TOO_EXPENSIVE' } }] });
  });

  it('change when AWS says so, which causes a read at once', async () => {
    const { subscribe, send, gateway, control, stageArn, sessionId, participantIds } = await open();
    const { until } = await subscribe();
    await until('ParticipantsState');
    const [participantId = ''] = participantIds;
    const pass = hold(gateway.clock);
    control.publish({ stageArn, participantId });
    control.join({ stageArn, userId: 'late' });
    gateway.calls();
    const detail = {
      session_id: sessionId,
      event_name: 'Participant Published',
      participant_id: participantId,
    };
    const time = new Date().toISOString();
    await send(stageUpdate(stageArn, participantId, 'Participant Published', { detail, time }));
    expect(await until('ParticipantChanged')).toMatchObject([
      {
        source: 'EVENTBRIDGE',
        eventName: 'Participant Published',
        participant: { userId: 'user-0', published: true },
      },
    ]);
    await pass(1000);
    expect(await until('ParticipantJoined')).toMatchObject([{ participant: { userId: 'late' } }]);
  });

  it('and the events of their stage are messages with ids of their own, for caches of clients', async () => {
    const { subscribe, send, gateway, stageArn, sessionId, participantIds } = await open();
    const { until } = await subscribe();
    await until('ParticipantsState');
    const events = `subscription { stageEvents(stageArns: ["${stageArn}"]) { __typename ... on LiveEvent { id } } }`;
    const other = await listen(gateway, events);
    const [participant_id = ''] = participantIds;
    const detail = { session_id: sessionId, event_name: 'Participant Published', participant_id };
    const time = new Date().toISOString();
    await send(stageUpdate(stageArn, participant_id, 'Participant Published', { detail, time }));
    const [[changed], [activity]] = await Promise.all([
      until('ParticipantChanged'),
      other.until('StageActivity'),
    ]);
    expect(changed.id).not.toBe(activity.id);
  });

  it('do not change by an event that is late', async () => {
    const { subscribe, send, stageArn, sessionId, participantIds, control } = await open();
    const { until } = await subscribe();
    await until('ParticipantsState');
    const [participantId = ''] = participantIds;
    const detail = {
      session_id: sessionId,
      event_name: 'Participant Published',
      participant_id: participantId,
    };
    const time = new Date(Date.now() - 60_000).toISOString();
    await send(stageUpdate(stageArn, participantId, 'Participant Published', { detail, time }));
    control.join({ stageArn, userId: 'late' });
    expect((await until('ParticipantJoined')).length).toBe(1);
  });

  it('do not change back by a list that was read before an event', async () => {
    const { subscribe, send, gateway, stageArn, sessionId, participantIds } = await open();
    const [participantId = ''] = participantIds;
    let isRead = () => {};
    const read = new Promise<void>((resolve) => (isRead = resolve));
    gateway.emulator.faults.add({ operation: 'ListParticipants', delayMs: 200, times: 1 });
    const subscribing = subscribe();
    const looking = setInterval(() => gateway.emulator.calls.counts().ListParticipants && isRead(), 5);
    await read;
    clearInterval(looking);
    const detail = {
      session_id: sessionId,
      event_name: 'Participant Published',
      participant_id: participantId,
    };
    const time = new Date().toISOString();
    await send(stageUpdate(stageArn, participantId, 'Participant Published', { detail, time }));
    const { until } = await subscribing;
    const [state] = await until('ParticipantsState');
    expect(state.nodes).toMatchObject([{ userId: 'user-0', published: true }, { userId: 'user-1' }]);
  });

  it('that one list lacks have not left yet', async () => {
    const { subscribe, gateway, control, stageArn, participantIds } = await open();
    const [participantId = ''] = participantIds;
    const pass = hold(gateway.clock);
    const { until, waiting } = await subscribe();
    await until('ParticipantsState');
    await pass(100);
    control.leave({ stageArn, participantId });
    gateway.calls();
    await pass(2000);
    expect(gateway.calls()).toEqual({ ListParticipants: 1 });
    control.join({ stageArn, participantId });
    await pass(2500);
    expect(waiting()).toBe(0);
    control.leave({ stageArn, participantId });
    await pass(4000);
    expect((await until('ParticipantLeft')).length).toBe(1);
  });

  it('are said to be unknown while AWS cannot be read, and sent again afterwards', async () => {
    const { subscribe, gateway, control, stageArn } = await open();
    const { until } = await subscribe();
    await until('ParticipantsState');
    gateway.emulator.faults.add({
      operation: 'ListParticipants',
      errorType: 'AccessDeniedException',
      status: 403,
    });
    expect(await until('LiveGap')).toMatchObject([{ reason: 'AWS_LOST' }]);
    control.join({ stageArn, userId: 'late' });
    gateway.emulator.faults.clear();
    expect((await until('ParticipantsState')).at(-1).nodes).toHaveLength(3);
    expect(gateway.log).toMatchObject(
      expect.arrayContaining([
        expect.objectContaining({ msg: 'poll failed', watched: `participants ${stageArn}` }),
      ]),
    );
  });

  it('leave with their stage, which another client deletes', async () => {
    const { subscribe, gateway, stageArn } = await open(1);
    const other = await startGateway({ beside: gateway });
    const { until } = await subscribe();
    await until('ParticipantsState');
    await other.data(`mutation { deleteStage(input: { arn: "${stageArn}" }) { __typename } }`);
    expect((await until('ParticipantLeft')).at(-1)).toMatchObject({ participant: { userId: 'user-0' } });
  });

  it('leave at once when this gateway disconnects them', async () => {
    const { subscribe, gateway, stageArn, participantIds } = await open();
    const { until } = await subscribe();
    await until('ParticipantsState');
    await gateway.data(
      `mutation ($stage: ID!, $id: ID!) { disconnectParticipant(input: { stageArn: $stage, participantId: $id }) { __typename } }`,
      { stage: stageArn, id: participantIds[1] },
    );
    expect(await until('ParticipantLeft')).toMatchObject([
      { source: 'MUTATION', participant: { userId: 'user-1' } },
    ]);
  });

  it('of the next session are sent, too', async () => {
    const { subscribe, control, stageArn, participantIds, sessionId } = await open(1);
    const { until } = await subscribe();
    await until('ParticipantsState');
    control.leave({ stageArn, participantId: participantIds[0] as string });
    await until('ParticipantLeft');
    control.join({ stageArn, userId: 'again' });
    const [joined] = await until('ParticipantJoined');
    expect(joined.participant.userId).toBe('again');
    expect(joined.session.sessionId).not.toBe(sessionId);
  });

  it('are sent as far as the filter lets them through', async () => {
    const { subscribe, control, stageArn } = await open();
    const { until } = await subscribe({ filter: { userId: 'wanted' } });
    expect(await until('ParticipantsState')).toMatchObject([{ session: null, nodes: [] }]);
    control.join({ stageArn, userId: 'other' });
    control.join({ stageArn, userId: 'wanted' });
    expect(await until('ParticipantJoined')).toMatchObject([{ participant: { userId: 'wanted' } }]);
  });
});

describe('behind a cursor', () => {
  it('what was missed is sent', async () => {
    const { subscribe, control, stageArn } = await open();
    const [other, first] = [await subscribe(), await subscribe()];
    const [state] = await first.until('ParticipantsState');
    first.close();
    control.join({ stageArn, userId: 'missed' });
    await other.until('ParticipantJoined');
    const again = await subscribe({ after: state.cursor });
    expect(await again.until('ParticipantJoined')).toMatchObject([{ participant: { userId: 'missed' } }]);
  });

  it('also when nobody listened meanwhile', async () => {
    const { subscribe, control, stageArn } = await open();
    const first = await subscribe();
    const [state] = await first.until('ParticipantsState');
    first.close();
    control.join({ stageArn, userId: 'missed' });
    const again = await subscribe({ after: state.cursor });
    expect(await again.until('ParticipantJoined')).toMatchObject([{ participant: { userId: 'missed' } }]);
  });

  it.each(['1-0', 'no cursor', '99999999999999999-1', '9999999999999-0'])(
    'that is not known, %j, a gap and the state',
    async (after) => {
      const { subscribe } = await open();
      const { next } = await subscribe({ after });
      expect([await next(), await next()]).toMatchObject([
        { data: { participants: { __typename: 'LiveGap', reason: 'EXPIRED_CURSOR' } } },
        { data: { participants: { __typename: 'ParticipantsState' } } },
      ]);
    },
  );

  it('that a query returned, the subscription begins where the query ends', async () => {
    const { subscribe, gateway, control, stageArn } = await open();
    const other = await subscribe();
    await other.until('ParticipantsState');
    await gateway.clock.after(2000, () => {});
    const { stage } = await gateway.data('query ($arn: ID!) { stage(arn: $arn) { liveCursor } }', {
      arn: stageArn,
    });
    control.join({ stageArn, userId: 'next' });
    const { until } = await subscribe({ after: stage.liveCursor });
    const heard = await until('ParticipantJoined');
    expect(heard.at(-1)).toMatchObject({ participant: { userId: 'next' } });
  });
});

describe('refused is', () => {
  const errorOf = async (query: Promise<{ next(): Promise<unknown> }>) => (await query).next();

  it.each([
    [
      'an ARN of something else',
      { stage: 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001' },
      'BAD_USER_INPUT',
    ],
    [
      'a region that is not served',
      { stage: 'arn:aws:ivs:eu-central-1:123456789012:stage/TownHall0001' },
      'REGION_NOT_ALLOWED',
    ],
    ['participants that have left', { filter: { state: 'DISCONNECTED' } }, 'BAD_USER_INPUT'],
  ])('%s', async (_title, variables, code) => {
    const { subscribe, gateway } = await open();
    gateway.calls();
    expect(await errorOf(subscribe(variables))).toMatchObject({ errors: [{ extensions: { code } }] });
    expect(gateway.calls()).toEqual({});
  });

  it('a stage that the caller may not see', async () => {
    const gateway = await startGateway({
      caller: boundedTo('arn:aws:ivs:us-west-2:123456789012:stage/Other*'),
    });
    const stage = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
    const { next } = await listen(gateway, PARTICIPANTS, { stage });
    expect(await next()).toMatchObject({ errors: [{ extensions: { code: 'FORBIDDEN' } }] });
    expect(gateway.calls()).toEqual({});
  });

  it.each([
    ['GetStage', 'AccessDeniedException', 403],
    ['ListParticipants', 'InternalServerException', 500],
  ])('only as long as %s fails (%s)', async (operation, errorType, status) => {
    const { subscribe, gateway } = await open();
    gateway.emulator.faults.add({ operation, errorType, status });
    const first = await errorOf(subscribe());
    expect(first).toMatchObject({ errors: [{ extensions: { aws: { operation } } }] });
    gateway.emulator.faults.clear();
    const { until } = await subscribe();
    expect(await until('ParticipantsState')).toMatchObject([{ nodes: [{}, {}] }]);
  });

  it('a stage that does not exist', async () => {
    const { subscribe } = await open();
    const stage = 'arn:aws:ivs:us-west-2:123456789012:stage/None00000001';
    expect(await errorOf(subscribe({ stage }))).toMatchObject({
      errors: [{ message: expect.stringMatching(/None00000001|not found/i) }],
    });
  });
});

it('an empty stage has an empty state', async () => {
  const { gateway } = await open();
  const stage = await createStage(gateway);
  const { until } = await listen(gateway, PARTICIPANTS, { stage });
  expect(await until('ParticipantsState')).toMatchObject([{ session: null, nodes: [] }]);
});
