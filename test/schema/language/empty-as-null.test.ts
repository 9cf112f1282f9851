import { expect, it } from 'vitest';
import { startGateway } from '../../support/gateway.ts';

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
