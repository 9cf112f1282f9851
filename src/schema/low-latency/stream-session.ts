import {
  type StreamSession as AwsStreamSession,
  GetStreamSessionCommand,
  ListStreamSessionsCommand,
  type StreamSessionSummary,
} from '@aws-sdk/client-ivs';
import type { GraphQLResolveInfo } from 'graphql';
import type { Context } from '../../context.ts';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import { ValidationError } from '../../upstream/errors.ts';
import { quote } from '../../upstream/quote.ts';
import { builder } from '../language/builder.ts';
import { costs, type List, listed } from '../language/costs.ts';
import { absentAsNull, loadEach } from '../loading/calls.ts';
import {
  type ConnectionArgs,
  connectionArgs,
  connectionOf,
  listConnection,
  type PageRequest,
} from '../loading/connection.ts';
import { defineEntity, type Source } from '../loading/entity.ts';
import { federate } from '../patterns/federation.ts';
import { Channel, channels } from './channel.ts';
import { Stream, streams } from './stream.ts';
import { StreamEvent } from './stream-event.ts';
import { StreamIngestConfiguration, StreamIngestConfigurations } from './stream-ingest-configuration.ts';
import {
  StreamSessionChannelSnapshot,
  StreamSessionRecordingConfigurationSnapshot,
} from './stream-session-snapshot.ts';

// How it is loaded

interface StreamSessionKey {
  channelArn: string;
  streamId: string;
}
type StreamSessionSource = Source<StreamSessionKey, StreamSessionSummary, AwsStreamSession>;

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
      throw new ValidationError(
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

async function fetchPage(channelArn: string, page: PageRequest, context: Context) {
  const command = new ListStreamSessionsCommand({ channelArn, ...page });
  const answer = await context.send(targetOf(channelArn), command);
  return { items: answer.streamSessions, nextToken: answer.nextToken };
}

const list: List = { operation: 'ListStreamSessions', pageMax: 100 };

streamSessions.listedBy({
  list,
  listOf: ({ channelArn }) => channelArn,
  fetchPage: ({ channelArn }, page, context) => fetchPage(channelArn, page, context),
  keyOf: ({ streamId }, { channelArn }) => ({ channelArn, streamId }),
});

async function listStreamSessions(channelArn: string, args: ConnectionArgs, context: Context) {
  checkArn('channel', channelArn);
  return listConnection({
    args,
    context,
    list,
    scope: [channelArn],
    fetchPage: (page) => fetchPage(channelArn, page, context),
    ...streamSessions.listed(({ streamId }) => ({ channelArn, streamId }), context),
  });
}

/**
 * The list alone tells whether there were errors: it is read, from the newest session on, until this one comes by.
 * Sessions of one channel that are sought at the same time share the calls, as all equal reads do.
 */
async function findSummary({ channelArn, streamId }: StreamSessionKey, context: Context) {
  let nextToken: string | undefined;
  do {
    const page = await fetchPage(channelArn, { nextToken, maxResults: list.pageMax }, context);
    const found = page.items?.find((summary) => summary.streamId === streamId);
    if (found) return found;
    nextToken = page.nextToken;
  } while (nextToken);
  return null;
}

// What it is

const { summary, detail } = streamSessions;

const StreamSession = builder.node(builder.objectRef<StreamSessionSource>('StreamSession'), {
  ...streamSessions.node,
  description:
    'One time that a channel was, or is, on air: with what it was set up, what the broadcaster sent and what happened. Key: `channelArn streamId`.',
  fields: (t) => ({
    channelArn: t.exposeID('channelArn', { nullable: false, description: 'ARN of the channel.' }),
    channel: t.field({
      type: Channel,
      description: 'The channel as it is now; `channelSnapshot` is what it was then.',
      ...costs({ toParent: true }),
      resolve: ({ channelArn }, _args, context, info) =>
        channels.resolveRef({ arn: channelArn }, context, info),
    }),
    streamId: t.exposeID('streamId', {
      nullable: false,
      description: 'Its id, that of the stream: `st-` and 23 letters or digits.',
    }),
    startTime: t.field({ type: 'DateTime', ...summary('startTime', 'When the channel went on air.') }),
    endTime: t.field({
      type: 'DateTime',
      ...summary('endTime', 'When the channel went off air; null while it is live.'),
    }),
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
      ...detail('channel', 'The channel as it was when it went on air; `channel` is what it is now.'),
    }),
    ingestConfigurations: t.field({
      type: StreamIngestConfigurations,
      ...detail('ingestConfigurations', 'What the broadcaster sent.'),
    }),
    ingestConfiguration: t.field({
      type: StreamIngestConfiguration,
      deprecationReason: 'Read `ingestConfigurations`, which has all tracks.',
      ...detail('ingestConfiguration', 'The first track of what the broadcaster sent.'),
    }),
    recordingConfigurationSnapshot: t.field({
      type: StreamSessionRecordingConfigurationSnapshot,
      ...detail(
        'recordingConfiguration',
        'How it was recorded, as set up when it went on air; null when it was not.',
      ),
    }),
    truncatedEvents: t.field({
      type: [StreamEvent],
      ...detail('truncatedEvents', 'What happened, the newest first, the last 500 at most.'),
    }),
  }),
});

// Where it hangs on its channel and its stream

const StreamSessionConnection = connectionOf(
  StreamSession,
  'StreamSession',
  'A list of stream sessions of a channel.',
);
const channelArnArg = builder.args((t) => ({
  channelArn: t.id({ required: true, description: 'ARN of the channel.' }),
}));
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
  streamSessions: t.field({
    type: StreamSessionConnection,
    ...listed(list, 'The times that it was on air, the one going on among them.'),
    args: connectionArgs,
    resolve: ({ arn }, args, context) => listStreamSessions(arn, args, context),
  }),
}));

builder.objectField(Stream, 'session', (t) =>
  t.field({
    type: StreamSession,
    description: 'Its session, which tells what the broadcaster sends and what happened.',
    ...costs({ level: 'summary', isChild: true }),
    resolve: async (stream, _args, context, info) => {
      const facts = await streams.factsOf(stream, 'summary', context);
      return streamSessions.resolveRef(
        { channelArn: stream.channelArn, streamId: facts?.streamId },
        context,
        info,
      );
    },
  }),
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
  streamSessions: t.field({
    type: StreamSessionConnection,
    ...listed(list, 'The times that a channel was on air.'),
    args: { ...channelArnArg, ...connectionArgs },
    resolve: (_root, { channelArn, ...args }, context) => listStreamSessions(channelArn, args, context),
  }),
}));

// Federation

federate(StreamSession, streamSessions);
