// What GetStreamSession lets one say of a session's recording. AWS returns neither its state nor its path there: both are
// only in EventBridge's events and in the recording's own files. The session has the configuration and the names of events.
// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/record-to-s3.html
import type { StreamEvent, StreamSession } from '@aws-sdk/client-ivs';
import { readArn } from '../../upstream/arn.ts';
import { awsObject } from '../language/aws-types.ts';
import { enumeration } from '../language/enumeration.ts';
import { s3Uri } from '../language/s3-uri.ts';
import { durationDescription, secondsOf } from '../patterns/duration.ts';

type State = 'ACTIVE' | 'ENDED' | 'START_FAILED' | 'END_FAILED';
type Certainty = 'EVENTS' | 'CONFIGURATION';

interface Recording {
  certainty: Certainty;
  state?: State | undefined;
  startTime?: Date | undefined;
  endTime?: Date | undefined;
  bucketName?: string | undefined;
  s3UriPrefix?: string | undefined;
}

const EVENT_TYPE = 'IVS Recording State Change';
const states = new Map<string | undefined, State>([
  ['Recording Start', 'ACTIVE'],
  ['Recording End', 'ENDED'],
  ['Recording Start Failure', 'START_FAILED'],
  ['Recording End Failure', 'END_FAILED'],
]);

interface Change {
  state: State;
  time: Date;
}

/** Changes of the recording, the newest first. */
function changesIn(events: readonly StreamEvent[] = []): Change[] {
  const changes = events.flatMap(({ type, name, eventTime: time }) => {
    const state = type === EVENT_TYPE ? states.get(name) : undefined;
    return state && time ? [{ state, time }] : [];
  });
  // Stable: of two in one second, AWS's order holds.
  return changes.sort((a, b) => b.time.getTime() - a.time.getTime());
}

/** The path as far as it is documented and known: the minute may be another than that of the event, and below it is an id. */
function pathOf(channelArn: string, start: Date | undefined): string {
  const { account, id } = readArn(channelArn);
  const hour = start
    ? [start.getUTCFullYear(), start.getUTCMonth() + 1, start.getUTCDate(), start.getUTCHours()]
    : [];
  return `${['ivs', 'v1', account, id, ...hour].join('/')}/`;
}

/** Null for a session that is not recorded. */
export function recordingOf(
  { recordingConfiguration, truncatedEvents }: Partial<StreamSession>,
  channelArn: string,
): Recording | null {
  const changes = changesIn(truncatedEvents);
  const [newest] = changes;
  if (!recordingConfiguration?.arn && !newest) return null;
  const started = changes.find(({ state }) => state === 'ACTIVE')?.time;
  const ended =
    newest && (newest.state === 'ENDED' || newest.state === 'END_FAILED') ? newest.time : undefined;
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

const StreamRecordingState = enumeration<State>(
  'StreamRecordingState',
  'State of the recording of a stream.',
  {
    ACTIVE: 'The recording has started.',
    ENDED: 'The recording has ended.',
    START_FAILED: 'The recording could not start.',
    END_FAILED: 'The recording ended with an error.',
  },
);

const StreamRecordingCertainty = enumeration<Certainty>(
  'StreamRecordingCertainty',
  'Source of the facts about a recording.',
  {
    EVENTS: 'Events of the session name the recording: state and times are those of the events.',
    CONFIGURATION:
      'Only the recording configuration of the session is known: no event says that a recording started.',
  },
);

export const StreamRecording = awsObject<Recording>(
  'StreamRecording',
  'Recording of a stream session, as far as the session names it. AWS returns its exact path only in EventBridge events and in `recording-started.json`.',
  {
    certainty: [StreamRecordingCertainty, { nullable: false, description: 'Source of the other fields.' }],
    state: [StreamRecordingState, 'State after the newest event. Null without events.'],
    startTime: ['DateTime', 'Time of the newest start event. Null when it is not among the events.'],
    endTime: ['DateTime', 'Time of the end event. Null before.'],
    bucketName: ['String', 'S3 bucket in the recording configuration of the session.'],
    s3UriPrefix: [
      'String',
      'Beginning of the S3 URI: bucket, account, channel and, from `startTime`, the UTC date and hour. The minute and the id of the recording follow. A recording that continues an earlier one within the reconnect window is under the prefix of that one. Null when the bucket is not known.',
    ],
  },
  (t) => ({ durationSeconds: t.int({ description: durationDescription, resolve: secondsOf }) }),
);
