import { Refused } from '../errors.js';
import { newStreamId } from '../identifiers.js';
import { ANALYSIS_SECONDS, ingestOf, ingestUnknown } from './stream-ingest-configuration.js';
const EVENTS_SHOWN = 500; // of StreamSession.truncatedEvents, newest first
const SESSIONS_REMEMBERED = 1000;
// The detail-types of EventBridge, which are the types of the events of a session
const STATE = 'IVS Stream State Change';
const HEALTH = 'IVS Stream Health Change';
const LIMIT = 'IVS Limit Breach';
const RECORDING = 'IVS Recording State Change';
/** What can go wrong with a stream, by the name of its event. */
export const failures = {
    'Stream Failure': { type: STATE },
    'Stream Takeover Failure': { type: STATE, code: 'StreamTakeoverMediaMismatch' },
    'Ingest Bitrate': { type: LIMIT },
    'Ingest Resolution': { type: LIMIT },
};
/** The session of the stream on air. */
export const liveSession = ({ streamSessions }) => streamSessions.find(({ endTime }) => endTime === undefined);
export function startStream(world, channel, { streamId = newStreamId(), viewerCount = 0 } = {}) {
    if (liveSession(channel))
        throw new Refused(`${channel.arn} is live already`);
    const recordingConfiguration = world.recordingConfigurations.get(channel.recordingConfigurationArn ?? '');
    const session = {
        streamId,
        startTime: world.now(),
        // As they were when it went live: a later update does not show here. Without the past of the channel, or each
        // session would keep all those before it.
        channel: { ...channel, streamSessions: [] },
        ...(recordingConfiguration && { recordingConfiguration: { ...recordingConfiguration } }),
        ...ingestUnknown(channel),
        truncatedEvents: [],
        hasErrorEvent: false,
        health: 'HEALTHY',
        viewerCount,
        order: world.nextOrder(),
    };
    channel.streamSessions = [session, ...channel.streamSessions].slice(0, SESSIONS_REMEMBERED);
    world.after(ANALYSIS_SECONDS, () => {
        // What has ended does not change any more
        if (session.endTime === undefined)
            Object.assign(session, ingestOf(channel));
    });
    note(world, session, { type: STATE, name: 'Session Created' });
    note(world, session, { type: STATE, name: 'Stream Start' });
    if (recordingConfiguration)
        note(world, session, { type: RECORDING, name: 'Recording Start' });
    return { streamId };
}
export function changeHealth(world, channel, health) {
    const session = requireLive(channel);
    if (session.health === health)
        return;
    session.health = health;
    note(world, session, {
        type: HEALTH,
        name: health === 'STARVING' ? 'Starvation Start' : 'Starvation End',
    });
}
/** Notes what went wrong. The stream goes on, unless it is the stream that failed. */
export function failStream(world, channel, name) {
    const session = requireLive(channel);
    session.hasErrorEvent = true;
    note(world, session, { ...failures[name], name });
    if (name === 'Stream Failure')
        stopStream(world, channel);
}
export function stopStream(world, channel) {
    const session = requireLive(channel);
    note(world, session, { type: STATE, name: 'Stream End' });
    note(world, session, { type: STATE, name: 'Session Ended' });
    if (session.recordingConfiguration)
        note(world, session, { type: RECORDING, name: 'Recording End' });
    session.endTime = world.now();
}
function requireLive(channel) {
    const session = liveSession(channel);
    if (!session)
        throw new Refused(`${channel.arn} is not live`);
    return session;
}
function note(world, session, event) {
    const noted = { ...event, eventTime: world.now() };
    session.truncatedEvents = [noted, ...(session.truncatedEvents ?? [])].slice(0, EVENTS_SHOWN);
}
