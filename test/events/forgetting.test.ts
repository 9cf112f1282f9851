// An event forgets what it may have changed, and leaves the rest.
import { expect, it } from 'vitest';
import { hold } from '../support/clock.ts';
import { EVENTS, eventOf, listenForEvents, stageUpdate } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';
import { createIngestConfiguration } from '../support/ingest.ts';
import { createSession, createStage } from '../support/world.ts';

const CHANNEL = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';

/** `other` changes things behind the back of `gateway`, as the console of AWS does. */
async function open({ callTimeoutMs }: { callTimeoutMs?: number } = {}) {
  const other = await startGateway({ seed: 'demo' });
  const gateway = await startGateway({
    beside: other,
    cached: true,
    callTimeoutMs,
    server: { events: EVENTS },
  });
  const session = await createSession(other, 2);
  return { other, gateway, ...session, ...(await listenForEvents(gateway)), control: other.emulator.control };
}
type Opened = Awaited<ReturnType<typeof open>>;

const participantOf = ({ stageArn, sessionId, participantIds: [id] }: Opened, fields: string) =>
  `{ participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${id}") { ${fields} } }`;
const idOf = ({ participantIds: [id = ''] }: Opened) => id;
const channelEvent = (detailType: string, event_name: string) =>
  eventOf(detailType, { resources: [CHANNEL], detail: { event_name, channel_name: '', stream_id: 'st-1' } });

/** Of each: the query, what changes it, and the event. */
const table: [
  title: string,
  query: (opened: Opened) => string | Promise<string>,
  change: (opened: Opened) => unknown,
  event: (opened: Opened) => object,
][] = [
  [
    'who publishes',
    ({ stageArn, sessionId }) =>
      `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}") { nodes { published } } }`,
    (opened) => opened.control.publish({ stageArn: opened.stageArn, participantId: idOf(opened) }),
    (opened) => stageUpdate(opened.stageArn, idOf(opened)),
  ],
  [
    'the attributes of a participant, which no list has',
    (opened) => participantOf(opened, 'attributes { value } browserName'),
    (opened) => {
      const { stageArn, control } = opened;
      const attributes = { team: 'red' };
      control.exchangeToken({ stageArn, participantId: idOf(opened), attributes });
    },
    (opened) => stageUpdate(opened.stageArn, idOf(opened), 'Token Exchanged'),
  ],
  [
    'the events of a participant',
    (opened) => participantOf(opened, 'events { nodes { name } }'),
    (opened) => opened.control.publish({ stageArn: opened.stageArn, participantId: idOf(opened) }),
    (opened) => stageUpdate(opened.stageArn, idOf(opened)),
  ],
  [
    'a participant, of an event that names none',
    (opened) => participantOf(opened, 'published browserName'),
    (opened) => opened.control.publish({ stageArn: opened.stageArn, participantId: idOf(opened) }),
    ({ stageArn }) => eventOf('IVS Stage Update', { resources: [stageArn] }),
  ],
  [
    'the session of a stage',
    ({ stageArn }) => `{ stage(arn: "${stageArn}") { activeSessionId endpoints { whip } } }`,
    ({ control, stageArn, participantIds }) => {
      for (const participantId of participantIds) control.leave({ stageArn, participantId });
    },
    (opened) => stageUpdate(opened.stageArn, idOf(opened), 'Participant Unpublished'),
  ],
  [
    'an ingest configuration in a list by state',
    async ({ other, stageArn }) => {
      await createIngestConfiguration(other, { stageArn, name: 'camera' });
      return '{ ingestConfigurations(filter: { state: ACTIVE }) { nodes { stageArn state } } }';
    },
    async ({ other, control, stageArn }) => {
      const { ingestConfigurations } = await other.data(
        '{ ingestConfigurations { nodes { arn stageArn } } }',
      );
      const made = ingestConfigurations.nodes.find((one: { stageArn: string }) => one.stageArn === stageArn);
      control.startIngest({ ingestConfigurationArn: made.arn });
    },
    (opened) => stageUpdate(opened.stageArn, idOf(opened)),
  ],
  [
    'a channel that goes live, in the list of streams',
    ({ control }) => {
      control.stopStream({ channelArn: CHANNEL });
      return '{ streams { nodes { channelArn } } }';
    },
    ({ control }) => control.startStream({ channelArn: CHANNEL }),
    () => channelEvent('IVS Stream State Change', 'Stream Start'),
  ],
  [
    'the health of a stream',
    () => `{ stream(channelArn: "${CHANNEL}") { health startTime } }`,
    ({ control }) => control.starveStream({ channelArn: CHANNEL }),
    () => channelEvent('IVS Stream Health Change', 'Starvation Start'),
  ],
  [
    'streams by health',
    () => '{ streams(filter: { health: STARVING }) { nodes { channelArn } } }',
    ({ control }) => control.starveStream({ channelArn: CHANNEL }),
    () => channelEvent('IVS Stream Health Change', 'Starvation Start'),
  ],
  [
    'what another client writes',
    ({ stageArn }) => `{ stage(arn: "${stageArn}") { name tags { value } endpoints { whip } } }`,
    ({ other, stageArn }) =>
      other.data(`mutation { updateStage(input: { arn: "${stageArn}", name: "new" }) { __typename } }`),
    ({ stageArn }) => cloudTrail('UpdateStage', { arn: stageArn, name: 'new' }),
  ],
  [
    'what another client creates',
    () => '{ stages { nodes { name } } }',
    ({ other }) => other.data('mutation { createStage(input: { name: "new" }) { __typename } }'),
    () => cloudTrail('CreateStage', { name: 'new' }, { stage: { arn: CHANNEL.replace('channel', 'stage') } }),
  ],
  [
    'what a later version of AWS does',
    ({ stageArn }) => `{ stage(arn: "${stageArn}") { name endpoints { whip } } }`,
    ({ other, stageArn }) =>
      other.data(`mutation { updateStage(input: { arn: "${stageArn}", name: "new" }) { __typename } }`),
    ({ stageArn }) => cloudTrail('RenameStage', { arn: stageArn, name: 'new' }),
  ],
];

const cloudTrail = (eventName: string, requestParameters: object, responseElements: object | null = null) =>
  eventOf('AWS API Call via CloudTrail', {
    detail: {
      eventSource: 'ivs.amazonaws.com',
      awsRegion: 'us-west-2',
      eventName,
      requestParameters,
      responseElements,
    },
  });

it.each(table)('%s', async (_, queryOf, change, eventFor) => {
  const opened = await open();
  const { gateway, send } = opened;
  const query = await queryOf(opened);
  const before = await gateway.data(query);
  await change(opened);
  expect(await gateway.data(query)).toEqual(before);
  expect(await send(eventFor(opened))).toMatchObject({ status: 200, body: { outcome: 'accepted' } });
  gateway.calls();
  const after = await gateway.data(query);
  expect(after).not.toEqual(before);
  const calls = gateway.calls();
  expect(Object.values(calls)).not.toEqual([]);
  // It is cached again.
  expect(await gateway.data(query)).toEqual(after);
  expect(gateway.calls()).toEqual({});
});

it('leaves other participants and stages', async () => {
  const opened = await open();
  const { gateway, send, stageArn, sessionId, participantIds } = opened;
  const others = `{ participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${participantIds[1]}") { browserName } encoderConfigurations { nodes { name } } }`;
  await gateway.data(others);
  gateway.calls();
  await send(stageUpdate(stageArn, idOf(opened)));
  await gateway.data(others);
  expect(gateway.calls()).toEqual({});
});

it('forgets complete responses, too', async () => {
  const { send, post, stageArn, control, participantIds, sessionId } = await open();
  const query = `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}") { nodes { published } } }`;
  for (let times = 0; times < 3; times += 1) await post(query);
  control.publish({ stageArn, participantId: participantIds[0] as string });
  await send(stageUpdate(stageArn, participantIds[0] as string));
  const { data } = await post(query);
  expect(data.participants.nodes).toContainEqual({ published: true });
});

it('joins no read that began before the event', async () => {
  const { gateway, other, send, stageArn } = await open({ callTimeoutMs: 600_000 });
  const query = `{ stage(arn: "${stageArn}") { name endpoints { whip } } }`;
  other.emulator.faults.add({ operation: 'GetStage', times: 1, hang: true });
  const client = new AbortController();
  const early = gateway.ask(query, {}, { signal: client.signal }).catch(() => 'gone');
  await expect.poll(() => other.emulator.calls.count('GetStage')).toBe(1);
  await other.data(`mutation { updateStage(input: { arn: "${stageArn}", name: "new" }) { __typename } }`);
  await send(cloudTrail('UpdateStage', { arn: stageArn }));
  const late = gateway.data(query);
  await expect.poll(() => other.emulator.calls.count('GetStage')).toBe(2);
  expect((await late).stage.name).toBe('new');
  client.abort();
  await early;
});

it('reads a busy stage again once a second, and at the end of that second', async () => {
  const { gateway, send, stageArn, sessionId, control, participantIds } = await open();
  const query = `{ participants(stageArn: "${stageArn}", sessionId: "${sessionId}") { nodes { published } } }`;
  const pass = hold(gateway.clock);
  await gateway.data(query);
  gateway.calls();
  for (let count = 0; count < 20; count += 1) {
    await send(stageUpdate(stageArn, participantIds[0] as string));
    await gateway.data(query);
  }
  expect(gateway.calls()).toEqual({ ListParticipants: 1 });
  control.publish({ stageArn, participantId: participantIds[0] as string });
  await send(stageUpdate(stageArn, participantIds[0] as string));
  await pass(990);
  // Read just before the end: its own lifetime would last for another second.
  await gateway.ask(query, {}, { headers: { 'cache-control': 'no-cache' } });
  gateway.calls();
  await pass(20);
  expect((await gateway.data(query)).participants.nodes).toContainEqual({ published: true });
  expect(gateway.calls()).toEqual({ ListParticipants: 1 });
  // Nothing came since.
  await pass(500);
  await gateway.data(query);
  expect(gateway.calls()).toEqual({});
});

it('lets readers during many events share a call that still waits for its turn', async () => {
  const other = await startGateway();
  const options = { beside: other, cached: true, rates: { GetStage: 1 }, server: { events: EVENTS } };
  const gateway = await startGateway(options);
  const { send } = await listenForEvents(gateway);
  const [stage, busy] = [await createStage(other, 'one'), await createStage(other, 'other')];
  const query = (arn: string) => `{ stage(arn: "${arn}") { name endpoints { whip } } }`;
  const pass = hold(gateway.clock);
  await gateway.data(query(busy));
  const readers: Promise<unknown>[] = [];
  for (let count = 0; count < 5; count += 1) {
    readers.push(gateway.data(query(stage)));
    await send(stageUpdate(count === 0 ? stage : `${stage}${count}`, 'p1'));
  }
  gateway.calls();
  await pass(10_000);
  await Promise.all(readers);
  expect(gateway.calls()).toEqual({ GetStage: 1 });
});
