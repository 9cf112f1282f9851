// What happens to streams of channels and to destinations of compositions.
import { type Commands, demo, integer, listOf, nothing, ofAccount, record, text } from './command.ts';

const channel = { channelArn: 'string' } as const;
const destination = { compositionArn: 'string', destinationId: 'string' } as const;

const live = { channelArn: demo.channelArn };
const idle = { channelArn: demo.idleChannelArn };
const recording = { compositionArn: demo.compositionArn, destinationId: 'RecordingTo1' };

type Names =
  | 'startStream'
  | 'starveStream'
  | 'recoverStream'
  | 'failStream'
  | 'takeOverStream'
  | 'stopStream'
  | 'revocations'
  | 'breachLimit'
  | 'loseCompositionDestination'
  | 'recoverCompositionDestination'
  | 'failCompositionDestination';

export const streamCommands: Commands<Names> = {
  startStream: {
    meaning: 'An encoder starts to send to a channel.',
    members: { ...channel, viewerCount: 'viewers?' },
    example: { ...idle, viewerCount: 120 },
    returns: record({ streamId: text }),
    answer: { streamId: 'st-1Fq7Qw8xLkZb3Vn5Rt0Yd2Hc' },
  },
  starveStream: {
    meaning: 'The health of a stream becomes STARVING.',
    members: channel,
    example: idle,
    returns: nothing,
  },
  recoverStream: {
    meaning: 'The health of a stream becomes HEALTHY.',
    members: channel,
    example: idle,
    returns: nothing,
  },
  failStream: {
    meaning: 'A stream has an error event, by default Stream Failure. It continues.',
    members: { ...channel, event: 'streamFailure?' },
    example: { ...idle, event: 'Ingest Bitrate' },
    returns: nothing,
  },
  takeOverStream: {
    meaning: 'Another encoder takes the stream over. It continues.',
    members: channel,
    example: idle,
    returns: nothing,
  },
  stopStream: {
    meaning: 'A stream ends.',
    members: channel,
    example: idle,
    returns: nothing,
  },
  revocations: {
    meaning: 'The viewer sessions that were revoked, which AWS has no operation to list.',
    members: { channelArn: 'string?', ...ofAccount },
    example: live,
    returns: listOf(
      record({ channelArn: text, viewerId: text, viewerSessionVersionsLessThanOrEqualTo: integer }),
    ),
    answer: [{ ...live, viewerId: 'zoe', viewerSessionVersionsLessThanOrEqualTo: 3 }],
    isRead: true,
  },
  breachLimit: {
    meaning: 'An account exceeds a limit. No stream session shows it.',
    members: { limit: 'accountLimit', region: 'region', ...ofAccount },
    example: { limit: 'Concurrent Viewers', region: 'us-west-2' },
    returns: nothing,
  },
  loseCompositionDestination: {
    meaning: 'A destination of a composition loses its connection and reconnects until it recovers or fails.',
    members: destination,
    example: recording,
    returns: nothing,
  },
  recoverCompositionDestination: {
    meaning: 'A destination that reconnects is ACTIVE again.',
    members: destination,
    example: recording,
    returns: nothing,
  },
  failCompositionDestination: {
    meaning: 'A destination fails for good. Its composition fails with the last one.',
    members: { ...destination, errorCode: 'outputError?' },
    example: { ...recording, errorCode: 'AccessDeniedException' },
    returns: nothing,
  },
};
