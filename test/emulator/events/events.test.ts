import { expect, test } from 'vitest';
import type { Control } from '../../../src/emulator/control/control.ts';
import { emulate, TOWN_HALL } from '../support/emulate.ts';
import { kinds } from '../support/events.ts';

const SECOND = 1000;
const uuid = expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/);
const made = { region: 'us-west-2', detailType: 'A New Type', detail: {} };

test('an event has the envelope of EventBridge, and its id is the same in the same world', async () => {
  const run = async () => {
    const { emulator, clock } = await emulate({ seed: 'demo' });
    const { control } = emulator;
    clock.advance(1500);
    control.unpublish({ stageArn: TOWN_HALL, participantId: 'alice0000001' });
    return control.events().events.at(-1);
  };
  const [first, second] = [await run(), await run()];
  expect(first).toEqual({
    version: '0',
    id: uuid,
    'detail-type': 'IVS Stage Update',
    source: 'aws.ivs',
    account: '123456789012',
    time: '2026-01-01T00:00:01Z',
    region: 'us-west-2',
    resources: [TOWN_HALL],
    detail: expect.objectContaining({ event_name: 'Participant Unpublished' }),
  });
  expect(second).toEqual(first);
});

test('what the demo world has behind it is no event; what happens in it is', async () => {
  const { emulator, clock } = await emulate({ seed: 'demo', alive: true });
  expect(emulator.control.events().events).toEqual([]);
  clock.advance(60 * SECOND);
  expect(kinds(emulator.control).length).toBeGreaterThan(3);
  emulator.control.reset();
  expect(emulator.control.events().events).toEqual([]);
});

test('ids differ after a reset, so that no receiver takes an event for one that it has seen', async () => {
  const { emulator } = await emulate();
  const ids = [1, 2].map(() => {
    emulator.control.reset();
    emulator.control.putEvent(made);
    return emulator.control.events().events[0]?.id;
  });
  expect(ids[0]).not.toBe(ids[1]);
});

test('an event of your own is sent as it is', async () => {
  const { emulator } = await emulate();
  const detail = { event_name: 'Something New', more: [1, { deep: null }] };
  emulator.control.putEvent({ ...made, detail, resources: ['arn:any'], source: 'my.own' });
  expect(emulator.control.events().events).toMatchObject([
    { 'detail-type': 'A New Type', source: 'my.own', region: 'us-west-2', resources: ['arn:any'], detail },
  ]);
});

test('the last events are listed by GET, all or by type and name', async () => {
  const { emulator } = await emulate({ seed: 'demo' });
  const participant = { stageArn: TOWN_HALL, participantId: 'alice0000001' };
  emulator.control.unpublish(participant);
  emulator.control.publish(participant);
  const get = async (query: string) => {
    const response = await fetch(`${emulator.url}/_control/events${query}`);
    return { status: response.status, ...((await response.json()) as ReturnType<Control['events']>) };
  };
  expect(await get('')).toMatchObject({ status: 200, deliveries: [], events: [{ id: uuid }, { id: uuid }] });
  expect((await get('?eventName=Participant%20Published')).events).toHaveLength(1);
  expect((await get('?detailType=IVS%20Limit%20Breach')).events).toEqual([]);
  expect(await get('?detailType=IVS')).toMatchObject({ status: 400 });
  expect(await get('?all=1')).toMatchObject({ status: 400 });
});

test.each([
  [{ ...made, region: 'Mars' }, 'putEvent: region: expected a region such as us-west-2, got "Mars"'],
  [{ ...made, detail: [] }, 'putEvent: detail: expected an object of at most 256 KB'],
  [{ ...made, detail: { much: 'x'.repeat(256 * 1024) } }, 'putEvent: detail: expected an object of at most'],
  [{ ...made, resources: 'arn' }, 'putEvent: resources: expected a list of at most 10'],
])('a wrong event is refused', async (input, message) => {
  const { post } = await emulate();
  const response = await post('/_control/putEvent', JSON.stringify(input), {});
  expect(response.status).toBe(400);
  expect((await response.json()) as object).toEqual({ error: expect.stringContaining(message) });
});

test('one nested too deeply to be written is refused, too', async () => {
  const { post } = await emulate();
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const body = `{"region":"us-west-2","detailType":"x","detail":{"deep":${deep}}}`;
  expect((await post('/_control/putEvent', body, {})).status).toBe(400);
});
