import { describe, expect, it } from 'vitest';
import { recordingOf } from '../../../src/schema/low-latency/stream-recording.ts';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const CHANNEL = 'arn:aws:ivs:us-west-2:123456789012:channel/abcdABCDefgh';
const TYPE = 'IVS Recording State Change';
const recordingConfiguration = {
  arn: CHANNEL.replace('channel', 'recording-configuration'),
  state: 'ACTIVE' as const,
  destinationConfiguration: { s3: { bucketName: 'shows' } },
};
const at = (minute: number) => new Date(Date.UTC(2026, 5, 3, 4, minute));
const event = (minute: number, name: string, type = TYPE) => ({ name, type, eventTime: at(minute) });

describe('of a session', () => {
  it.each([
    ['without a configuration or an event', {}, null],
    [
      'that is set up for it, without an event',
      { recordingConfiguration },
      { certainty: 'CONFIGURATION', s3UriPrefix: 's3://shows/ivs/v1/123456789012/abcdABCDefgh/' },
    ],
    [
      'that is recorded',
      { recordingConfiguration, truncatedEvents: [event(5, 'Recording Start')] },
      {
        certainty: 'EVENTS',
        state: 'ACTIVE',
        startTime: at(5),
        endTime: undefined,
        s3UriPrefix: 's3://shows/ivs/v1/123456789012/abcdABCDefgh/2026/6/3/4/',
      },
    ],
    [
      'that was recorded, with events in no order of time',
      { recordingConfiguration, truncatedEvents: [event(5, 'Recording Start'), event(9, 'Recording End')] },
      { certainty: 'EVENTS', state: 'ENDED', startTime: at(5), endTime: at(9) },
    ],
    [
      'whose start is no longer among the events',
      { recordingConfiguration, truncatedEvents: [event(9, 'Recording End Failure')] },
      {
        state: 'END_FAILED',
        startTime: undefined,
        endTime: at(9),
        s3UriPrefix: 's3://shows/ivs/v1/123456789012/abcdABCDefgh/',
      },
    ],
    [
      'that failed at first',
      {
        recordingConfiguration,
        truncatedEvents: [event(6, 'Recording Start'), event(5, 'Recording Start Failure')],
      },
      { state: 'ACTIVE', startTime: at(6), endTime: undefined },
    ],
    [
      'whose configuration AWS leaves out',
      { truncatedEvents: [event(5, 'Recording Start')] },
      { certainty: 'EVENTS', state: 'ACTIVE', bucketName: undefined, s3UriPrefix: undefined },
    ],
    ['with events of another type only', { truncatedEvents: [event(5, 'Recording Start', 'Other')] }, null],
    ['with an event that has no name of today', { truncatedEvents: [event(5, 'Recording Pause')] }, null],
  ])('%s', (_what, session, recording) => {
    const found = recordingOf(session, CHANNEL);
    if (recording === null) expect(found).toBeNull();
    else expect(found).toMatchObject(recording);
  });
});

const channelOf = async ({ data }: TestGateway, name: string): Promise<string> =>
  (await data(`{ channels(filter: { name: "${name}" }) { nodes { arn } } }`)).channels.nodes[0].arn;

it('comes with the call that reads the session, and shows when it ends', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const channelArn = await channelOf(gateway, 'keynote');
  const query = `{ streamSession(channelArn: "${channelArn}") { streamId recording { certainty state bucketName s3UriPrefix durationSeconds } } }`;
  gateway.calls();
  const { streamSession } = await gateway.data(query);
  expect(streamSession.recording).toMatchObject({
    certainty: 'EVENTS',
    state: 'ACTIVE',
    durationSeconds: null,
  });
  const { bucketName, s3UriPrefix } = streamSession.recording;
  const resourceId = channelArn.split('/')[1];
  expect(s3UriPrefix.startsWith(`s3://${bucketName}/ivs/v1/123456789012/${resourceId}/20`)).toBe(true);
  expect(gateway.calls()).toEqual({ GetStreamSession: 1 });

  gateway.emulator.control.stopStream({ channelArn });
  const { streamSession: ended } = await gateway.data(query);
  expect(ended.recording).toMatchObject({ state: 'ENDED', durationSeconds: expect.any(Number) });
});

it('is null for a session that is not recorded', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const channelArn = await channelOf(gateway, 'main-stage');
  const { streamSession } = await gateway.data(
    `{ streamSession(channelArn: "${channelArn}") { recording { state } } }`,
  );
  expect(streamSession).toEqual({ recording: null });
});
