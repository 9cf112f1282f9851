// What happens on channels, as AWS's events and writes say it.
import type { Context } from '../../context.ts';
import type { ActivityMessage } from '../../live/messages.ts';
import { builder } from '../language/builder.ts';
import { enumeration } from '../language/enumeration.ts';
import {
  activityType,
  arnOf,
  detailInt,
  detailOf,
  detailText,
  nameField,
  recordingFields,
  soundKey,
} from '../patterns/activity.ts';
import { checkArns, defineSubscription } from '../patterns/live.ts';
import { reference } from '../patterns/relations.ts';
import { channels } from './channel.ts';
import { streamSessions } from './stream-session.ts';

const ChannelEventName = enumeration(
  'ChannelEventName',
  'Name of an event of a channel. A name that is not listed reads as null.',
  {
    SESSION_CREATED: 'A stream key was used. There is nothing to watch yet.',
    SESSION_ENDED: 'The session has ended. AWS does not send it of each session.',
    STREAM_START: 'The channel is live.',
    STREAM_END: 'The channel is live no more.',
    STREAM_FAILURE: 'The stream could not begin, or has failed.',
    STREAM_TAKEOVER: 'Another broadcaster has taken the stream over.',
    STREAM_TAKEOVER_FAILURE: 'Another broadcaster failed to take the stream over.',
    STARVATION_START: 'The ingest is interrupted or too slow.',
    STARVATION_END: 'The ingest arrives as expected again.',
    INGEST_BITRATE: 'The bitrate of the ingest exceeds the limit.',
    INGEST_RESOLUTION: 'The resolution of the ingest exceeds the limit.',
    RECORDING_START: 'The recording has begun. Its files may not be readable yet.',
    RECORDING_END: 'The recording has ended, and all files are in S3.',
    RECORDING_START_FAILURE: 'The recording could not begin.',
    RECORDING_END_FAILURE: 'The recording has ended with a failure.',
  },
);

const channelOf = (message: ActivityMessage, context: Context) =>
  arnOf(message, 'channel', context, 'channelArn', 'arn');

const ChannelActivity = activityType('ChannelActivity', 'An event or a write of a channel.', (t) => ({
  name: nameField(t, ChannelEventName),
  channel: reference(t, channels, 'The channel.', (message, context) => ({
    arn: channelOf(message, context),
  })),
  channelName: detailText(t, 'Name of the channel at that time.', 'channel_name'),
  streamId: t.id({
    description: 'Id of the stream.',
    resolve: (message) => detailOf(message, 'stream_id', 'streamId'),
  }),
  streamSession: reference(t, streamSessions, 'The session of the stream.', (message, context) =>
    soundKey(streamSessions, {
      channelArn: channelOf(message, context),
      streamId: detailOf(message, 'stream_id', 'streamId'),
    }),
  ),
  code: detailText(t, 'AWS’s code, for sessions that ended and failed takeovers.', 'code'),
  failureReason: detailText(t, 'AWS’s text about the failure.', 'reason', 'recording_status_reason'),
  limitValue: detailInt(t, 'The limit that is exceeded, in `limitUnit`.', 'limit_value'),
  exceededBy: detailInt(t, 'By how much it is exceeded, in `limitUnit`.', 'exceeded_by'),
  limitUnit: detailText(t, 'Unit of the limit.', 'limit_unit'),
  ...recordingFields(t),
  recordingSessionId: t.id({
    description: 'Id of the recording, which can span several streams.',
    resolve: (message) => detailOf(message, 'recording_session_id'),
  }),
}));

defineSubscription('channelEvents', {
  description:
    'Events of channels as AWS sends them: streams, health, limits, recordings; and writes. It needs a rule in EventBridge. It has no state.',
  payload: 'ChannelEvent',
  types: { activity: ChannelActivity },
  args: builder.args((t) => ({
    channelArns: t.idList({ required: true, description: 'ARNs of the channels. Limit: 100.' }),
  })),
  subscribe: ({ channelArns }, context) => {
    checkArns('channel', channelArns, context);
    return context.feeds.activities(channelArns);
  },
});
