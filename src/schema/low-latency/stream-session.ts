import type {
  StreamSession as AwsStreamSession,
  ListStreamSessionsRequest,
  StreamSessionSummary,
} from '@aws-sdk/client-ivs';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { ivs } from '../../upstream/aws-sdk.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { builder } from '../language/builder.ts';
import { costs } from '../language/costs.ts';
import { absentAsNull, loadEach } from '../loading/calls.ts';
import { defineEntity } from '../loading/entity.ts';
import { defineList } from '../loading/list.ts';
import { TokenTrail } from '../loading/token-trail.ts';
import { durationDescription, secondsOf } from '../patterns/duration.ts';
import { defineNode } from '../patterns/node.ts';
import { defineListQuery } from '../patterns/queries.ts';
import { defineChildren, reference } from '../patterns/relations.ts';
import { Channel, channelArnArg, channels } from './channel.ts';
import { Stream, streams } from './stream.ts';
import { StreamEvent } from './stream-event.ts';
import { StreamIngestConfigurations } from './stream-ingest-configuration.ts';
import { recordingOf, StreamRecording } from './stream-recording.ts';
import {
  StreamSessionChannelSnapshot,
  StreamSessionRecordingConfigurationSnapshot,
} from './stream-session-snapshot.ts';

const { GetStreamSessionCommand, ListStreamSessionsCommand } = ivs;

// How it is loaded

interface StreamSessionKey {
  channelArn: string;
  streamId: string;
}

/** Exactly 26 characters: the ids of stage sessions begin the same way and have 16. */
const STREAM_ID = /^st-[a-zA-Z0-9]{23}$/;

const getStreamSession = (channelArn: string, streamId: string | undefined, context: Context) =>
  context.send(targetOf(channelArn), new GetStreamSessionCommand({ channelArn, streamId }));

export const streamSessions = defineEntity<StreamSessionKey, StreamSessionSummary, AwsStreamSession>({
  name: 'StreamSession',
  key: ['channelArn', 'streamId'],
  check: ({ channelArn, streamId }) => {
    checkArn('channel', channelArn);
    if (!STREAM_ID.test(streamId)) {
      throw ValidationError.of(
        { value: streamId },
        `Expected the id of a stream (st- and 23 letters or digits), got: ${quote(streamId)}`,
      );
    }
  },
  filledBy: 'GetStreamSession',
  load: loadEach(
    async ({ channelArn, streamId }, context) =>
      (await getStreamSession(channelArn, streamId, context)).streamSession,
  ),
});

/** The session of that id, or the newest one; null when there is none. */
async function findStreamSession(
  { channelArn, streamId }: { channelArn: string; streamId?: string | null | undefined },
  context: Context,
  info: GraphQLResolveInfo,
) {
  if (streamId) return streamSessions.load({ channelArn, streamId }, context, info);
  checkArn('channel', channelArn);
  const newest = await getStreamSession(channelArn, undefined, context).catch(absentAsNull);
  return newest && streamSessions.fromPayload({ ...newest.streamSession, channelArn }, context);
}

const list = defineList(streamSessions, {
  description: 'A list of stream sessions of a channel.',
  commandOf: (request: ListStreamSessionsRequest) => new ListStreamSessionsCommand(request),
  itemsOf: (output) => output.streamSessions,
  check: ({ channelArn }) => checkArn('channel', channelArn),
  lookup: ({ channelArn }) => ({ channelArn }),
});

/**
 * Only the list says whether there were errors: it is read, from the newest session on, until this one is found.
 * Sessions of one channel that are sought at the same time share the calls, as all equal reads do.
 */
async function findSummary({ channelArn, streamId }: StreamSessionKey, context: Context) {
  const tokens = new TokenTrail(list);
  let nextToken: string | undefined;
  do {
    const page = await list.fetchPage(targetOf(channelArn), { channelArn }, nextToken, context);
    const found = page.items?.find((summary) => summary.streamId === streamId);
    if (found) return found;
    nextToken = page.nextToken && tokens.follow(page.nextToken);
  } while (nextToken);
  return null;
}

// What it is

const StreamSession = defineNode(
  streamSessions,
  {
    description:
      'One broadcast of a channel, live or ended: its settings, ingest and events. Key: `channelArn streamId`.',
    key: {
      channelArn: 'ARN of the channel.',
      streamId: 'Id of the stream: `st-` and 23 letters or digits.',
    },
    summary: {
      startTime: ['DateTime', 'Time when the channel went on air.'],
      endTime: ['DateTime', 'Time when the channel went off air. Null while it is live.'],
    },
    detail: {
      ingestConfigurations: [StreamIngestConfigurations, 'Ingest settings.'],
    },
  },
  (t) => ({
    durationSeconds: t.int(streamSessions.computed('summary', durationDescription, secondsOf)),
    channel: reference(
      t,
      channels,
      'The channel in its current state. `channelSnapshot` is its state at the start of the session.',
      ({ channelArn: arn }) => ({ arn }),
      { toParent: true },
    ),
    hasErrorEvent: t.boolean({
      description:
        'Whether a quota was exceeded or an operation failed. Call: none for listed sessions, else ListStreamSessions, one per 100 sessions from the newest on.',
      ...costs({ scans: list }),
      resolve: async (session, _args, context) => {
        const listed = session.summary ?? (await findSummary(session, context).catch(absentAsNull));
        return listed?.hasErrorEvent ?? null;
      },
    }),
    channelSnapshot: t.field({
      type: StreamSessionChannelSnapshot,
      ...streamSessions.detail(
        'channel',
        'The channel in its state at the start of the session. `channel` is its current state.',
      ),
    }),
    events: t.field({
      type: [StreamEvent],
      ...streamSessions.detail(
        'truncatedEvents',
        'Events of the session, the newest first. AWS keeps the last 500.',
      ),
    }),
    recording: t.field({
      type: StreamRecording,
      ...streamSessions.computed(
        'detail',
        'Recording of the session. Null when it is not recorded.',
        (facts, _args, { channelArn }) => recordingOf(facts, channelArn),
      ),
    }),
    recordingConfigurationSnapshot: t.field({
      type: StreamSessionRecordingConfigurationSnapshot,
      ...streamSessions.detail(
        'recordingConfiguration',
        'Recording settings at the start of the session. Null when it was not recorded.',
      ),
    }),
  }),
);

// Fields of its channel and its stream

const streamIdArg = builder.args((t) => ({
  streamId: t.id({
    description: 'Id of the stream: `st-` and 23 letters or digits. The newest session when omitted.',
  }),
}));

builder.objectFields(Channel, (t) => ({
  streamSession: t.field({
    type: StreamSession,
    description: 'One stream session of the channel. The newest when `streamId` is omitted.',
    ...costs({ checksExistence: true, unbatched: true }),
    args: streamIdArg,
    resolve: ({ arn }, { streamId }, context, info) =>
      findStreamSession({ channelArn: arn, streamId }, context, info),
  }),
}));

defineChildren(Channel, 'streamSessions', list, {
  description: 'Stream sessions of the channel, including the live one.',
  selectorOf: ({ arn: channelArn }) => ({ channelArn }),
});

builder.objectField(Stream, 'session', (t) =>
  reference(
    t,
    streamSessions,
    'Its stream session, with ingest settings and events.',
    async (stream, context) => {
      const facts = await streams.factsOf(stream, 'summary', context);
      return { channelArn: stream.channelArn, streamId: facts?.streamId };
    },
    { level: 'summary', isChild: true },
  ),
);

// Queries

builder.queryFields((t) => ({
  streamSession: t.field({
    type: StreamSession,
    description: 'One stream session of a channel. The newest when `streamId` is omitted.',
    ...costs({ checksExistence: true }),
    args: { ...channelArnArg, ...streamIdArg },
    resolve: (_root, key, context, info) => findStreamSession(key, context, info),
  }),
}));

defineListQuery('streamSessions', list, {
  description: 'Stream sessions of a channel. Null when the channel does not exist.',
  args: channelArnArg,
  selectorOf: (channel) => channel,
  isNullWithoutParent: true,
});
