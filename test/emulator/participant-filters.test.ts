// ListParticipants with a filter finds what a filter of the whole list finds, whatever has happened.
import {
  CreateStageCommand,
  CreateStorageConfigurationCommand,
  DeleteStageCommand,
  DisconnectParticipantCommand,
  ListParticipantsCommand,
  type ListParticipantsCommandInput,
  type ParticipantSummary,
} from '@aws-sdk/client-ivs-realtime';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { emulate } from './support/emulate.ts';
import { details } from './support/events.ts';

const ids = ['a', 'b', 'c', 'd', 'e'];
const users = ['ann', 'bob', ''];
const filters: [keyof ParticipantSummary, Partial<ListParticipantsCommandInput>][] = [
  ...users.filter(Boolean).map((filterByUserId) => ['userId', { filterByUserId }] as const),
  ...[true, false].map((filterByPublished) => ['published', { filterByPublished }] as const),
  ...(['CONNECTED', 'DISCONNECTED'] as const).map((filterByState) => ['state', { filterByState }] as const),
  ...(['STARTING', 'ACTIVE', 'STOPPING', 'STOPPED', 'FAILED'] as const).map(
    (filterByRecordingState) => ['recordingState', { filterByRecordingState }] as const,
  ),
].map(([member, filter]) => [member, filter]);

async function recordedStage() {
  const world = await emulate();
  const { realtime, emulator } = world;
  const { storageConfiguration } = await realtime.send(
    new CreateStorageConfigurationCommand({ s3: { bucketName: 'bucket' } }),
  );
  const { stage } = await realtime.send(
    new CreateStageCommand({
      autoParticipantRecordingConfiguration: {
        storageConfigurationArn: storageConfiguration?.arn,
        recordingReconnectWindowSeconds: 2,
      },
    }),
  );
  const stageArn = stage?.arn ?? '';
  // The session lasts
  const { sessionId } = emulator.control.join({ stageArn, participantId: 'keeper' });
  const pages = async (input: Partial<ListParticipantsCommandInput>) => {
    const found: ParticipantSummary[] = [];
    let nextToken: string | undefined;
    do {
      const page = await realtime.send(
        new ListParticipantsCommand({ stageArn, sessionId, ...input, ...(nextToken && { nextToken }) }),
      );
      found.push(...(page.participants ?? []));
      nextToken = page.nextToken;
    } while (nextToken);
    return found;
  };
  return { ...world, stageArn, pages };
}

type Stage = Awaited<ReturnType<typeof recordedStage>>;

const steps: Record<string, (stage: Stage, participantId: string, which: number) => unknown> = {
  join: ({ emulator, stageArn }, participantId, which) =>
    emulator.control.join({ stageArn, participantId, userId: users[which % 3] }),
  publish: ({ emulator, stageArn }, participantId) => emulator.control.publish({ stageArn, participantId }),
  unpublish: ({ emulator, stageArn }, participantId) =>
    emulator.control.unpublish({ stageArn, participantId }),
  leave: ({ emulator, stageArn }, participantId) => emulator.control.leave({ stageArn, participantId }),
  fail: ({ emulator, stageArn }, participantId) =>
    emulator.control.failRecording({ stageArn, participantId }),
  exchange: ({ emulator, stageArn }, participantId, which) =>
    emulator.control.exchangeToken({ stageArn, participantId, userId: users[which % 3] }),
  disconnect: ({ realtime, stageArn }, participantId) =>
    realtime.send(new DisconnectParticipantCommand({ stageArn, participantId })),
  pass: ({ emulator }, _, which) => emulator.control.advanceClock({ seconds: which % 4 }),
  snapshot: ({ emulator }) => emulator.control.snapshot({ name: 'one' }),
  restore: ({ emulator }) => emulator.control.restore({ id: 'one' }),
};
const kinds = [...Object.keys(steps), 'join', 'join', 'join', 'publish', 'publish', 'leave'];
const randomSteps = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), id: fc.constantFrom(...ids), which: fc.nat(12) }),
  { minLength: 10, maxLength: 40 },
);

test('each filter finds what is so, in the order of the list and page by page', async () => {
  await fc.assert(
    fc.asyncProperty(randomSteps, fc.integer({ min: 1, max: 4 }), async (taken, maxResults) => {
      const stage = await recordedStage();
      for (const { kind, id, which } of taken) {
        // What is refused changes nothing
        await Promise.resolve()
          .then(() => steps[kind]?.(stage, id, which))
          .catch(() => {});
        await check(stage, filters[which % filters.length], maxResults);
      }
      for (const filter of filters) await check(stage, filter, maxResults);
    }),
    { numRuns: 12 },
  );
});

async function check(stage: Stage, wanted: (typeof filters)[number] | undefined, maxResults: number) {
  const [member, filter] = wanted ?? ['state', { filterByState: 'CONNECTED' }];
  const naive = (await stage.pages({})).filter((one) => one[member] === Object.values(filter)[0]);
  expect(await stage.pages({ ...filter, maxResults })).toEqual(naive);
}

test('each change of a recording, a publisher and a user is found at once', async () => {
  const stage = await recordedStage();
  const { emulator, stageArn } = stage;
  const one = { stageArn, participantId: 'a' };
  const { control } = emulator;
  for (const step of [
    () => control.join({ ...one, userId: 'ann' }),
    () => control.publish(one),
    () => control.advanceClock({ seconds: 1 }),
    () => control.unpublish(one),
    () => control.advanceClock({ seconds: 3 }),
    () => control.publish(one),
    () => control.failRecording(one),
    () => control.exchangeToken({ ...one, userId: 'bob' }),
    () => control.leave(one),
    () => control.join(one),
  ]) {
    step();
    for (const filter of filters) await check(stage, filter, 100);
  }
});

test('a crowd whose members change is listed as it is', async () => {
  const { emulator, stageArn, pages } = await recordedStage();
  const one = (index: number) => ({ stageArn, participantId: `p${index}` });
  for (let index = 0; index < 1200; index += 1) emulator.control.join({ ...one(index), userId: `u${index}` });
  for (const index of [1100, 3, 700]) emulator.control.leave(one(index));
  const left = await pages({ filterByState: 'DISCONNECTED', maxResults: 2 });
  expect(left.map(({ participantId }) => participantId)).toEqual(['p3', 'p700', 'p1100']);
  emulator.control.join(one(700));
  emulator.control.exchangeToken({ ...one(900), userId: 'u5' });
  const fifth = await pages({ filterByUserId: 'u5' });
  expect(fifth.map(({ participantId }) => participantId)).toEqual(['p5', 'p900']);
  expect(await pages({ filterByUserId: 'u900' })).toEqual([]);
  expect(await pages({ filterByState: 'CONNECTED', maxResults: 100 })).toHaveLength(1199);
});

test('the end of a stage unpublishes its publishers, as they joined, and ends their recordings', async () => {
  const { emulator, realtime, stageArn } = await recordedStage();
  for (const participantId of ['one', 'two', 'three']) emulator.control.join({ stageArn, participantId });
  for (const participantId of ['two', 'one']) emulator.control.publish({ stageArn, participantId });
  emulator.control.subscribe({ stageArn, participantId: 'three', remoteParticipantId: 'one' });
  emulator.control.advanceClock({ seconds: 5 });
  await realtime.send(new DeleteStageCommand({ arn: stageArn }));
  emulator.control.advanceClock({ seconds: 5 });
  const whoDid = (type: string, name: string) =>
    details(emulator.control, type)
      .filter(({ event_name: is }) => is === name)
      .map(({ participant_id: id }) => id);
  expect(whoDid('IVS Stage Update', 'Participant Unpublished')).toEqual(['one', 'two']);
  expect(whoDid('IVS Participant Recording State Change', 'Recording End')).toEqual(['one', 'two']);
});

test('a participant of an earlier session can be disconnected, and does not join again', async () => {
  const { emulator, realtime, stageArn } = await recordedStage();
  emulator.control.join({ stageArn, participantId: 'early' });
  for (const participantId of ['early', 'keeper']) emulator.control.leave({ stageArn, participantId });
  emulator.control.join({ stageArn, participantId: 'late' });
  await realtime.send(new DisconnectParticipantCommand({ stageArn, participantId: 'early' }));
  expect(() => emulator.control.join({ stageArn, participantId: 'early' })).toThrow('may not join again');
});
