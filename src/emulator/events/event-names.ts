// The names that events of IVS have, by their type.
import { model } from '../model/model.ts';
import { isReported } from './cloudtrail.ts';
import { detailTypes } from './event.ts';

const recordings = ['Recording Start', 'Recording End', 'Recording Start Failure', 'Recording End Failure'];

const names: Record<string, readonly string[]> = {
  [detailTypes.stage]: [
    'Participant Published',
    'Participant Unpublished',
    'Participant Publish Error',
    'Participant Replication Start',
    'Participant Replication End',
    'Token Exchanged',
  ],
  [detailTypes.participantRecording]: recordings,
  [detailTypes.composition]: [
    ...['Session Start', 'Session End', 'Session Failure'],
    ...['Destination Start', 'Destination End', 'Destination Reconnecting', 'Destination Failure'],
  ],
  [detailTypes.streamState]: [
    ...['Session Created', 'Session Ended', 'Stream Start', 'Stream End', 'Stream Failure'],
    ...['Stream Takeover', 'Stream Takeover Failure'],
  ],
  [detailTypes.streamHealth]: ['Starvation Start', 'Starvation End'],
  [detailTypes.limit]: ['Ingest Bitrate', 'Ingest Resolution', 'Concurrent Broadcasts', 'Concurrent Viewers'],
  [detailTypes.recording]: recordings,
  [detailTypes.adBreak]: ['Ad Break Inserted'],
  [detailTypes.apiCall]: model.map(({ name }) => name).filter(isReported),
};

/** Without a type, of all. */
export const eventNames = (detailType?: string): readonly string[] =>
  detailType === undefined ? [...new Set(Object.values(names).flat())] : (names[detailType] ?? []);
