import { checkArn, targetOf } from '../../upstream/arn.js';
import { ivs } from '../../upstream/aws-sdk.js';
import { ValidationError } from '../../upstream/errors.js';
import { quote } from '../../upstream/quote.js';
import { builder } from '../language/builder.js';
import { costs } from '../language/costs.js';
import { absentAsNull, loadEach } from '../loading/calls.js';
import { defineEntity } from '../loading/entity.js';
import { defineList } from '../loading/list.js';
import { TokenTrail } from '../loading/token-trail.js';
import { durationDescription, secondsOf } from '../patterns/duration.js';
import { defineNode } from '../patterns/node.js';
import { defineListQuery } from '../patterns/queries.js';
import { defineChildren, reference } from '../patterns/relations.js';
import { Channel, channelArnArg, channels } from './channel.js';
import { Stream, streams } from './stream.js';
import { StreamEvent } from './stream-event.js';
import { StreamIngestConfigurations } from './stream-ingest-configuration.js';
import { recordingOf, StreamRecording } from './stream-recording.js';
import { StreamSessionChannelSnapshot, StreamSessionRecordingConfigurationSnapshot, } from './stream-session-snapshot.js';
const { GetStreamSessionCommand, ListStreamSessionsCommand } = ivs;
/** Exactly 26 characters: the ids of stage sessions begin the same way and have 16. */
const STREAM_ID = /^st-[a-zA-Z0-9]{23}$/;
const getStreamSession = (channelArn, streamId, context) => context.send(targetOf(channelArn), new GetStreamSessionCommand({ channelArn, streamId }));
const streamSessions = defineEntity({
    name: 'StreamSession',
    key: ['channelArn', 'streamId'],
    check: ({ channelArn, streamId }) => {
        checkArn('channel', channelArn);
        if (!STREAM_ID.test(streamId)) {
            throw ValidationError.of({ value: streamId }, `Expected the id of a stream (st- and 23 letters or digits), got: ${quote(streamId)}`);
        }
    },
    filledBy: 'GetStreamSession',
    load: loadEach(async ({ channelArn, streamId }, context) => (await getStreamSession(channelArn, streamId, context)).streamSession),
});
/** The session of that id, or the newest one; null when there is none. */
async function findStreamSession({ channelArn, streamId }, context, info) {
    if (streamId)
        return streamSessions.load({ channelArn, streamId }, context, info);
    checkArn('channel', channelArn);
    const newest = await getStreamSession(channelArn, undefined, context).catch(absentAsNull);
    return newest && streamSessions.fromPayload({ ...newest.streamSession, channelArn }, context);
}
const list = defineList(streamSessions, {
    description: 'A list of stream sessions of a channel.',
    commandOf: (request) => new ListStreamSessionsCommand(request),
    itemsOf: (output) => output.streamSessions,
    check: ({ channelArn }) => checkArn('channel', channelArn),
    lookup: ({ channelArn }) => ({ channelArn }),
});
/**
 * The list alone tells whether there were errors: it is read, from the newest session on, until this one comes by.
 * Sessions of one channel that are sought at the same time share the calls, as all equal reads do.
 */
async function findSummary({ channelArn, streamId }, context) {
    const tokens = new TokenTrail(list);
    let nextToken;
    do {
        const request = { channelArn, nextToken, maxResults: list.pageMax };
        const page = await list.fetchPage(targetOf(channelArn), request, context);
        const found = page.items?.find((summary) => summary.streamId === streamId);
        if (found)
            return found;
        nextToken = page.nextToken && tokens.follow(page.nextToken);
    } while (nextToken);
    return null;
}
// What it is
const StreamSession = defineNode(streamSessions, {
    description: 'One broadcast of a channel, live or ended: its settings, ingest and events. Key: `channelArn streamId`.',
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
}, (t) => ({
    durationSeconds: t.int(streamSessions.computed('summary', durationDescription, secondsOf)),
    channel: reference(t, channels, 'The channel in its current state. `channelSnapshot` is its state at the start of the session.', ({ channelArn: arn }) => ({ arn }), { toParent: true }),
    hasErrorEvent: t.boolean({
        description: 'Whether a quota was exceeded or an operation failed. Call: none for listed sessions, else ListStreamSessions, one per 100 sessions from the newest on.',
        ...costs({ scans: list }),
        resolve: async (session, _args, context) => {
            const listed = session.summary ?? (await findSummary(session, context).catch(absentAsNull));
            return listed?.hasErrorEvent ?? null;
        },
    }),
    channelSnapshot: t.field({
        type: StreamSessionChannelSnapshot,
        ...streamSessions.detail('channel', 'The channel in its state at the start of the session. `channel` is its current state.'),
    }),
    events: t.field({
        type: [StreamEvent],
        ...streamSessions.detail('truncatedEvents', 'Events of the session, the newest first. AWS keeps the last 500.'),
    }),
    recording: t.field({
        type: StreamRecording,
        ...streamSessions.computed('detail', 'Recording of the session. Null when it is not recorded.', (facts, _args, { channelArn }) => recordingOf(facts, channelArn)),
    }),
    recordingConfigurationSnapshot: t.field({
        type: StreamSessionRecordingConfigurationSnapshot,
        ...streamSessions.detail('recordingConfiguration', 'Recording settings at the start of the session. Null when it was not recorded.'),
    }),
}));
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
        resolve: ({ arn }, { streamId }, context, info) => findStreamSession({ channelArn: arn, streamId }, context, info),
    }),
}));
defineChildren(Channel, 'streamSessions', list, {
    description: 'Stream sessions of the channel, including the live one.',
    selectorOf: ({ arn: channelArn }) => ({ channelArn }),
});
builder.objectField(Stream, 'session', (t) => reference(t, streamSessions, 'Its stream session, with ingest settings and events.', async (stream, context) => {
    const facts = await streams.factsOf(stream, 'summary', context);
    return { channelArn: stream.channelArn, streamId: facts?.streamId };
}, { level: 'summary', isChild: true }));
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
