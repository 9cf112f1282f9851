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

const streamSessions = defineEntity<StreamSessionKey, StreamSessionSummary, AwsStreamSession>({
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
 * The list alone tells whether there were errors: it is read, from the newest session on, until this one comes by.
 * Sessions of one channel that are sought at the same time share the calls, as all equal reads do.
 */
async function findSummary({ channelArn, streamId }: StreamSessionKey, context: Context) {
  const tokens = new TokenTrail(list);
  let nextToken: string | undefined;
  do {
    const request = { channelArn, nextToken, maxResults: list.pageMax };
    const page = await list.fetchPage(targetOf(channelArn), request, context);
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
      'One time that a channel was, or is, on air: with what it was set up, what the broadcaster sent and what happened. Key: `channelArn streamId`.',
    key: {
      channelArn: 'ARN of the channel.',
      streamId: 'Its id, that of the stream: `st-` and 23 letters or digits.',
    },
    summary: {
      startTime: ['DateTime', 'When the channel went on air.'],
      endTime: ['DateTime', 'When the channel went off air; null while it is live.'],
    },
    detail: {
      ingestConfigurations: [StreamIngestConfigurations, 'What the broadcaster sent.'],
    },
  },
  (t) => ({
    durationSeconds: t.int(streamSessions.computed('summary', durationDescription, secondsOf)),
    channel: reference(
      t,
      channels,
      'The channel as it is now; `channelSnapshot` is what it was then.',
      ({ channelArn: arn }) => ({ arn }),
      { toParent: true },
    ),
    hasErrorEvent: t.boolean({
      description:
        'Whether a quota was exceeded or something failed. Only lists tell it; of a session that was not listed, it costs one ListStreamSessions call per 100 sessions of the channel, from the newest on, until this one is found.',
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
        'The channel as it was when it went on air; `channel` is what it is now.',
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
        'How it was recorded, as set up when it went on air; null when it was not.',
      ),
    }),
  }),
);

// Fields of its channel and its stream

const streamIdArg = builder.args((t) => ({
  streamId: t.id({
    description: 'Id of the stream, `st-` and 23 letters or digits; the newest session when not given.',
  }),
}));

builder.objectFields(Channel, (t) => ({
  streamSession: t.field({
    type: StreamSession,
    description: 'One time that it was on air; the newest when `streamId` is not given.',
    ...costs({ checksExistence: true, unbatched: true }),
    args: streamIdArg,
    resolve: ({ arn }, { streamId }, context, info) =>
      findStreamSession({ channelArn: arn, streamId }, context, info),
  }),
}));

defineChildren(Channel, 'streamSessions', list, {
  description: 'The times that it was on air, the one going on among them.',
  selectorOf: ({ arn: channelArn }) => ({ channelArn }),
});

builder.objectField(Stream, 'session', (t) =>
  reference(
    t,
    streamSessions,
    'Its session, which tells what the broadcaster sends and what happened.',
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
    description: 'One time that a channel was on air; the newest when `streamId` is not given.',
    ...costs({ checksExistence: true }),
    args: { ...channelArnArg, ...streamIdArg },
    resolve: (_root, key, context, info) => findStreamSession(key, context, info),
  }),
}));

defineListQuery('streamSessions', list, {
  description: 'The times that a channel was on air. Null when the channel does not exist.',
  args: channelArnArg,
  selectorOf: (channel) => channel,
  isNullWithoutParent: true,
});
