import { describe, expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const STAGE = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
const CHANNEL = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';

it.each([
  ['an object for a text', { name: { a: 1 } }, 'name'],
  ['a list for a text', { name: ['a'] }, 'name'],
  ['a number for a text', { name: 5 }, 'name'],
  ['a number for an id', { activeSessionId: 5 }, 'activeSessionId'],
])('%s is a failure of AWS', async (_what, members, field) => {
  const gateway = await startGateway({ seed: 'demo' });
  const body = JSON.stringify({ stage: { arn: STAGE, ...members } });
  gateway.emulator.faults.add({ operation: 'GetStage', status: 200, body });
  const { data, errors } = await gateway.ask(`{ stage(arn: "${STAGE}") { arn ${field} } }`);
  expect(data).toEqual({ stage: { arn: STAGE, [field]: null } });
  expect(errors).toMatchObject([
    {
      message: `AWS returned a value of another type for Stage.${field}`,
      path: ['stage', field],
      extensions: { code: 'UPSTREAM_UNAVAILABLE' },
    },
  ]);
});

it.each([3_000_000_000, -3_000_000_000, 2 ** 53])(
  '%d viewers are null and one line in the log',
  async (viewerCount) => {
    const gateway = await startGateway({ seed: 'demo' });
    const body = JSON.stringify({ stream: { channelArn: CHANNEL, state: 'LIVE', viewerCount } });
    gateway.emulator.faults.add({ operation: 'GetStream', status: 200, body });
    const { stream } = await gateway.data(`{ stream(channelArn: "${CHANNEL}") { state viewerCount } }`);
    expect(stream).toEqual({ state: 'LIVE', viewerCount: null });
    // A negative count means that AWS did not count in time.
    expect(gateway.log.filter(({ field }) => field === 'Stream.viewerCount')).toHaveLength(
      viewerCount < 0 ? 0 : 1,
    );
  },
);

it('a fraction for a whole number is a failure of AWS', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const body = JSON.stringify({ stream: { channelArn: CHANNEL, state: 'LIVE', viewerCount: 1.5 } });
  gateway.emulator.faults.add({ operation: 'GetStream', status: 200, body });
  const { errors } = await gateway.ask(`{ stream(channelArn: "${CHANNEL}") { viewerCount } }`);
  expect(errors).toMatchObject([{ extensions: { code: 'UPSTREAM_UNAVAILABLE' } }]);
});

describe('an enum value that AWS added', () => {
  const answer = (gateway: TestGateway) =>
    gateway.emulator.faults.add({
      operation: 'ListChannels',
      status: 200,
      body: JSON.stringify({
        channels: ['one', 'two'].map((name) => ({
          arn: `${CHANNEL}-${name}`,
          name,
          type: 'HOLOGRAM',
          latencyMode: '',
        })),
      }),
    });
  const lines = (gateway: TestGateway) => gateway.log.filter((line) => line.enum);

  it('reads as null and is logged once, however often it comes', async () => {
    const gateway = await startGateway();
    answer(gateway);
    const query = '{ channels { nodes { name type latencyMode } } }';
    for (let time = 0; time < 2; time += 1) {
      const { channels } = await gateway.data(query);
      const rest = { type: null, latencyMode: null };
      expect(channels.nodes).toEqual([
        { name: 'one', ...rest },
        { name: 'two', ...rest },
      ]);
    }
    // An empty text is AWS's way to say nothing, and is not logged.
    expect(lines(gateway)).toMatchObject([
      {
        level: 40,
        enum: 'ChannelType',
        value: '"HOLOGRAM"',
        field: 'Channel.type',
        msg: 'a value of AWS that this enum does not have reads as null',
      },
    ]);
  });

  it('is logged for each gateway, and each other value of the enum', async () => {
    const gateway = await startGateway({ seed: 'demo' });
    for (const mediaType of ['SCENT', 'TASTE']) {
      gateway.emulator.faults.add({
        operation: 'GetStage',
        status: 200,
        times: 1,
        body: JSON.stringify({
          stage: {
            arn: STAGE,
            autoParticipantRecordingConfiguration: { mediaTypes: [mediaType, 'AUDIO_ONLY'] },
          },
        }),
      });
      const { stage } = await gateway.data(
        `{ stage(arn: "${STAGE}") { autoParticipantRecordingConfiguration { mediaTypes } } }`,
      );
      expect(stage.autoParticipantRecordingConfiguration.mediaTypes).toEqual(['AUDIO_ONLY']);
    }
    expect(lines(gateway).map(({ enum: name, value }) => [name, value])).toEqual([
      ['ParticipantRecordingMediaType', '"SCENT"'],
      ['ParticipantRecordingMediaType', '"TASTE"'],
    ]);
  });
});
