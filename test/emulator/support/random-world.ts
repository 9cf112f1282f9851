// Random operations on an emulator, and all that can be read of it.
import fc from 'fast-check';
import type { emulate } from './emulate.ts';

type World = Awaited<ReturnType<typeof emulate>>;
type Row = Record<string, unknown> & { arn?: string };

/** A kind of operation, and which of the resources it is for. */
export interface Step {
  kind: keyof typeof steps;
  which: number;
}

/** The body of a response, or that of its error. */
export async function call({ post }: World, operation: string, input: object = {}): Promise<Row> {
  return (await (await post(`/${operation}`, JSON.stringify(input))).json()) as Row;
}

const list = async (world: World, operation: string, member: string, input: object = {}): Promise<Row[]> =>
  ((await call(world, operation, input))[member] ?? []) as Row[];

const stages = (world: World) => list(world, 'ListStages', 'stages');
const channels = (world: World) => list(world, 'ListChannels', 'channels');
const pick = (rows: Row[], which: number): Row => rows[which % Math.max(1, rows.length)] ?? {};
const arnOf = async (rows: Promise<Row[]>, which: number) => pick(await rows, which).arn ?? 'none';

async function participant(world: World, which: number) {
  const stage = pick(await stages(world), which);
  const session = { stageArn: stage.arn, sessionId: stage.activeSessionId };
  const there = await list(world, 'ListParticipants', 'participants', session);
  return { stageArn: String(stage.arn), participantId: String(pick(there, which >> 2).participantId) };
}

const steps = {
  async stage(world: World, which: number) {
    const storage = await arnOf(list(world, 'ListStorageConfigurations', 'storageConfigurations'), which);
    const recording = { storageConfigurationArn: storage, recordingReconnectWindowSeconds: which % 9 };
    const isRecorded = storage !== 'none' && which % 2 === 0;
    return call(world, 'CreateStage', isRecorded ? { autoParticipantRecordingConfiguration: recording } : {});
  },
  storage: (world: World) => call(world, 'CreateStorageConfiguration', { s3: { bucketName: 'bucket' } }),
  encoder: (world: World) => call(world, 'CreateEncoderConfiguration'),
  recording: (world: World) =>
    call(world, 'CreateRecordingConfiguration', {
      destinationConfiguration: { s3: { bucketName: 'bucket' } },
    }),
  async channel(world: World, which: number) {
    const made = await list(world, 'ListRecordingConfigurations', 'recordingConfigurations');
    const arn = which % 2 === 0 ? pick(made, which).arn : undefined;
    return call(world, 'CreateChannel', { authorized: true, ...(arn && { recordingConfigurationArn: arn }) });
  },
  stream: async (world: World, which: number) =>
    world.emulator.control.startStream({
      channelArn: await arnOf(channels(world), which),
      viewerCount: which,
    }),
  starve: async (world: World, which: number) =>
    world.emulator.control.starveStream({ channelArn: await arnOf(channels(world), which) }),
  stopStream: async (world: World, which: number) =>
    call(world, 'StopStream', { channelArn: await arnOf(channels(world), which) }),
  revoke: async (world: World, which: number) =>
    call(world, 'StartViewerSessionRevocation', {
      channelArn: await arnOf(channels(world), which),
      viewerId: `viewer-${which}`,
    }),
  async join(world: World, which: number) {
    const attributes = { role: `role-${which}` };
    return world.emulator.control.join({ stageArn: await arnOf(stages(world), which), attributes });
  },
  publish: async (world: World, which: number) =>
    world.emulator.control.publish(await participant(world, which)),
  unpublish: async (world: World, which: number) =>
    world.emulator.control.unpublish(await participant(world, which)),
  async subscribe(world: World, which: number) {
    const { stageArn, participantId } = await participant(world, which);
    const { participantId: remoteParticipantId } = await participant(world, (which * 5) % 13);
    return world.emulator.control.subscribe({ stageArn, participantId, remoteParticipantId });
  },
  async exchange(world: World, which: number) {
    const attributes = { role: `role-${which}` };
    return world.emulator.control.exchangeToken({ ...(await participant(world, which)), attributes });
  },
  leave: async (world: World, which: number) => world.emulator.control.leave(await participant(world, which)),
  disconnect: async (world: World, which: number) =>
    call(world, 'DisconnectParticipant', await participant(world, which)),
  token: async (world: World, which: number) =>
    call(world, 'CreateParticipantToken', { stageArn: await arnOf(stages(world), which) }),
  async replicate(world: World, which: number) {
    const { stageArn, participantId } = await participant(world, which);
    const destinationStageArn = await arnOf(stages(world), which + 1);
    const input = {
      sourceStageArn: stageArn,
      destinationStageArn,
      participantId,
      reconnectWindowSeconds: which,
    };
    return call(world, 'StartParticipantReplication', input);
  },
  async compose(world: World, which: number) {
    const encoder = await arnOf(list(world, 'ListEncoderConfigurations', 'encoderConfigurations'), which);
    const channelArn = await arnOf(channels(world), which);
    return call(world, 'StartComposition', {
      stageArn: await arnOf(stages(world), which),
      destinations: [{ channel: { channelArn, encoderConfigurationArn: encoder } }],
      idempotencyToken: `token-${which % 3}`,
    });
  },
  stopComposition: async (world: World, which: number) =>
    call(world, 'StopComposition', {
      arn: await arnOf(list(world, 'ListCompositions', 'compositions'), which),
    }),
  deleteStage: async (world: World, which: number) =>
    call(world, 'DeleteStage', { arn: which % 3 ? 'none' : await arnOf(stages(world), which) }),
  advance: async ({ emulator }: World, which: number) => emulator.control.advanceClock({ seconds: which }),
};

/** More of what much depends on. */
const kinds = [
  ...(Object.keys(steps) as Step['kind'][]),
  ...([
    'stage',
    'storage',
    'encoder',
    'channel',
    'stream',
    'join',
    'join',
    'publish',
    'publish',
    'subscribe',
  ] as const),
];
export const randomSteps = fc.array(
  fc.record({ kind: fc.constantFrom(...kinds), which: fc.nat({ max: 12 }) }),
  { minLength: 5, maxLength: 25 },
);

/** What came of them, refusals included. */
export async function take(world: World, all: readonly Step[]): Promise<unknown[]> {
  const results: unknown[] = [];
  for (const { kind, which } of all)
    results.push(await steps[kind](world, which).catch((error) => String(error)));
  return results;
}

const lists: [operation: string, member: string, detail: string][] = [
  ['ListStages', 'stages', 'GetStage'],
  ['ListStorageConfigurations', 'storageConfigurations', 'GetStorageConfiguration'],
  ['ListEncoderConfigurations', 'encoderConfigurations', 'GetEncoderConfiguration'],
  ['ListCompositions', 'compositions', 'GetComposition'],
  ['ListRecordingConfigurations', 'recordingConfigurations', 'GetRecordingConfiguration'],
  ['ListChannels', 'channels', 'GetChannel'],
];

/** All that AWS's operations return of it, and the time. */
export async function readAll(world: World): Promise<unknown[]> {
  const read: unknown[] = [world.emulator.control.clock(), world.emulator.control.revocations()];
  for (const [operation, member, detail] of lists) {
    const rows = await list(world, operation, member);
    for (const { arn } of rows) read.push(await call(world, detail, { arn }));
    read.push(rows);
  }
  for (const { arn } of await stages(world)) read.push(...(await readStage(world, String(arn))));
  for (const { arn: channelArn } of await channels(world)) {
    read.push(
      await call(world, 'ListStreamKeys', { channelArn }),
      await call(world, 'GetStream', { channelArn }),
    );
    for (const { streamId } of await list(world, 'ListStreamSessions', 'streamSessions', { channelArn }))
      read.push(await call(world, 'GetStreamSession', { channelArn, streamId }));
  }
  return read;
}

async function readStage(world: World, stageArn: string): Promise<unknown[]> {
  const read: unknown[] = [];
  for (const { sessionId } of await list(world, 'ListStageSessions', 'stageSessions', { stageArn })) {
    const session = { stageArn, sessionId };
    read.push(await call(world, 'GetStageSession', session));
    // With its page token
    read.push(await call(world, 'ListParticipants', { ...session, maxResults: 1 }));
    for (const filter of [
      { filterByState: 'CONNECTED' },
      { filterByPublished: true },
      { filterByUserId: '' },
    ])
      read.push(await list(world, 'ListParticipants', 'participants', { ...session, ...filter }));
    for (const { participantId } of await list(world, 'ListParticipants', 'participants', session)) {
      for (const operation of ['GetParticipant', 'ListParticipantEvents'])
        read.push(await call(world, operation, { ...session, participantId }));
      const source = { sourceStageArn: stageArn, participantId };
      read.push(await call(world, 'ListParticipantReplicas', source));
    }
  }
  return read;
}
