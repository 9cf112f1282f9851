import { readArn } from '../../upstream/arn.js';
import { awsObject } from '../language/aws-types.js';
import { enumeration } from '../language/enumeration.js';
import { s3Uri } from '../language/s3-uri.js';
import { durationDescription, secondsOf } from '../patterns/duration.js';
const EVENT_TYPE = 'IVS Recording State Change';
const states = new Map([
    ['Recording Start', 'ACTIVE'],
    ['Recording End', 'ENDED'],
    ['Recording Start Failure', 'START_FAILED'],
    ['Recording End Failure', 'END_FAILED'],
]);
/** Changes of the recording, the newest first. */
function changesIn(events = []) {
    const changes = events.flatMap(({ type, name, eventTime: time }) => {
        const state = type === EVENT_TYPE ? states.get(name) : undefined;
        return state && time ? [{ state, time }] : [];
    });
    // Stable: of two in one second, AWS's order holds.
    return changes.sort((a, b) => b.time.getTime() - a.time.getTime());
}
/** The path as far as it is documented and known: the minute may be another than that of the event, and below it is an id. */
function pathOf(channelArn, start) {
    const { account, id } = readArn(channelArn);
    const hour = start
        ? [start.getUTCFullYear(), start.getUTCMonth() + 1, start.getUTCDate(), start.getUTCHours()]
        : [];
    return `${['ivs', 'v1', account, id, ...hour].join('/')}/`;
}
/** Null for a session that is not recorded. */
export function recordingOf({ recordingConfiguration, truncatedEvents }, channelArn) {
    const changes = changesIn(truncatedEvents);
    const [newest] = changes;
    if (!recordingConfiguration?.arn && !newest)
        return null;
    const started = changes.find(({ state }) => state === 'ACTIVE')?.time;
    const ended = newest && (newest.state === 'ENDED' || newest.state === 'END_FAILED') ? newest.time : undefined;
    const bucketName = recordingConfiguration?.destinationConfiguration?.s3?.bucketName;
    return {
        certainty: newest ? 'EVENTS' : 'CONFIGURATION',
        state: newest?.state,
        startTime: started,
        endTime: ended,
        bucketName,
        s3UriPrefix: s3Uri(bucketName, pathOf(channelArn, started)) ?? undefined,
    };
}
const StreamRecordingState = enumeration('StreamRecordingState', 'State of the recording of a stream.', {
    ACTIVE: 'The recording has started.',
    ENDED: 'The recording has ended.',
    START_FAILED: 'The recording could not start.',
    END_FAILED: 'The recording ended with an error.',
});
const StreamRecordingCertainty = enumeration('StreamRecordingCertainty', 'Source of the facts about a recording.', {
    EVENTS: 'Events of the session name the recording: state and times are those of the events.',
    CONFIGURATION: 'Only the recording configuration of the session is known: no event says that a recording started.',
});
export const StreamRecording = awsObject('StreamRecording', 'Recording of a stream session, as far as the session names it. AWS returns its exact path only in EventBridge events and in `recording-started.json`.', {
    certainty: [StreamRecordingCertainty, { nullable: false, description: 'Source of the other fields.' }],
    state: [StreamRecordingState, 'State after the newest event. Null without events.'],
    startTime: ['DateTime', 'Time of the newest start event. Null when it is not among the events.'],
    endTime: ['DateTime', 'Time of the end event. Null before.'],
    bucketName: ['String', 'S3 bucket in the recording configuration of the session.'],
    s3UriPrefix: [
        'String',
        'Beginning of the S3 URI: bucket, account, channel and, from `startTime`, the UTC date and hour. The minute and the id of the recording follow. A recording that continues an earlier one within the reconnect window is under the prefix of that one. Null when the bucket is not known.',
    ],
}, (t) => ({ durationSeconds: t.int({ description: durationDescription, resolve: secondsOf }) }));
