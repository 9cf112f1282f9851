// Events of channels, as subscribers hear of them.
import { expect, it } from 'vitest';
import { EVENTS, eventOf, listenForEvents } from '../../support/events.ts';
import { startGateway } from '../../support/gateway.ts';
import { listen } from '../../support/listen.ts';

const CHANNEL = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';
const EVENTS_OF = `subscription ($channels: [ID!]!) {
  channelEvents(channelArns: $channels) {
    __typename
    ... on LiveEvent { source }
    ... on ChannelActivity {
      name eventName channelName streamId code failureReason limitValue exceededBy limitUnit
      recordingS3BucketName recordingS3KeyPrefix recordingDurationMs recordingSessionId
      channel { arn name }
    }
  }
}`;

const table: [detailType: string, detail: object, shown: object][] = [
  [
    'IVS Stream State Change',
    { event_name: 'Stream Start', channel_name: 'main', stream_id: 'st-1' },
    { name: 'STREAM_START', channelName: 'main', streamId: 'st-1' },
  ],
  [
    'IVS Stream State Change',
    { event_name: 'Stream Takeover Failure', code: 'StreamTakeoverInvalidPriority' },
    { name: 'STREAM_TAKEOVER_FAILURE', code: 'StreamTakeoverInvalidPriority' },
  ],
  ['IVS Stream Health Change', { event_name: 'Starvation Start' }, { name: 'STARVATION_START' }],
  [
    'IVS Limit Breach',
    { limit_name: 'Ingest Bitrate', limit_value: 8_500_000, exceeded_by: 10, limit_unit: 'bits per second' },
    { name: 'INGEST_BITRATE', limitValue: 8_500_000, exceededBy: 10, limitUnit: 'bits per second' },
  ],
  [
    'IVS Recording State Change',
    {
      recording_status: 'Recording Start Failure',
      recording_status_reason: 'ValidationException',
      recording_s3_bucket_name: 'bucket',
      recording_s3_key_prefix: '',
      recording_duration_ms: 0,
      recording_session_id: 'r1',
    },
    {
      name: 'RECORDING_START_FAILURE',
      failureReason: 'ValidationException',
      recordingS3BucketName: 'bucket',
      recordingS3KeyPrefix: null,
      recordingDurationMs: 0,
      recordingSessionId: 'r1',
    },
  ],
];

it.each(table)('%s is sent with its members: %j', async (detailType, detail, shown) => {
  const gateway = await startGateway({ seed: 'demo', server: { events: EVENTS } });
  const { send } = await listenForEvents(gateway);
  const { until } = await listen(gateway, EVENTS_OF, { channels: [CHANNEL] });
  await send(eventOf(detailType, { resources: [CHANNEL], detail }));
  expect(await until('ChannelActivity')).toMatchObject([
    { source: 'EVENTBRIDGE', channel: { arn: CHANNEL, name: 'main-stage' }, ...shown },
  ]);
});

it('the writes of this gateway are sent', async () => {
  const gateway = await startGateway();
  const { createChannel } = await gateway.data(
    'mutation { createChannel(input: { name: "old" }) { ... on CreateChannelPayload { channel { arn } } } }',
  );
  const { arn } = createChannel.channel;
  const { until } = await listen(gateway, EVENTS_OF, { channels: [arn] });
  await gateway.data(`mutation { updateChannel(input: { arn: "${arn}", name: "new" }) { __typename } }`);
  expect(await until('ChannelActivity')).toMatchObject([
    { source: 'MUTATION', eventName: 'UpdateChannel', channel: { name: 'new' } },
  ]);
});
