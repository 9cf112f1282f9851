// The states that a participant, its recording and its replication can be in.
import type {
  ReplicationState as AwsReplicationState,
  ReplicationType as AwsReplicationType,
  ParticipantRecordingFilterByRecordingState as FilterByRecordingState,
  ParticipantProtocol as Protocol,
  ParticipantRecordingState as RecordingState,
  ParticipantState as State,
} from '@aws-sdk/client-ivs-realtime';
import { enumeration } from '../language/enumeration.ts';

export const ParticipantState = enumeration<State>(
  'ParticipantState',
  'Whether a participant is on the stage.',
  {
    CONNECTED: 'On the stage now.',
    DISCONNECTED: 'Has left.',
  },
);

export const ParticipantProtocol = enumeration<Protocol>(
  'ParticipantProtocol',
  'How a participant publishes.',
  {
    UNKNOWN: 'Not known, or not publishing.',
    WHIP: 'WebRTC over WHIP.',
    RTMP: 'RTMP, unencrypted.',
    RTMPS: 'RTMP over TLS.',
  },
);

export const ParticipantRecordingState = enumeration<RecordingState>(
  'ParticipantRecordingState',
  'How the recording of a participant is doing.',
  {
    STARTING: 'About to record.',
    ACTIVE: 'Recording.',
    STOPPING: 'Finishing its files.',
    STOPPED: 'Finished.',
    FAILED: 'Ended with an error.',
    DISABLED: 'The stage does not record participants.',
  },
);

export const ParticipantReplicationType = enumeration<AwsReplicationType>(
  'ParticipantReplicationType',
  'The part that a participant has in a replication.',
  {
    SOURCE: 'The original, shown on other stages too.',
    REPLICA: 'A copy of a participant of another stage.',
    NONE: 'Neither.',
  },
);

export const ParticipantReplicationState = enumeration<AwsReplicationState>(
  'ParticipantReplicationState',
  'Whether a replication goes on.',
  {
    ACTIVE: 'Going on.',
    STOPPED: 'Over.',
  },
);

export const ParticipantRecordingFilterState = enumeration<FilterByRecordingState>(
  'ParticipantRecordingFilterState',
  'The states of a recording that participants can be listed by: all but DISABLED.',
  {
    STARTING: 'About to record.',
    ACTIVE: 'Recording.',
    STOPPING: 'Finishing its files.',
    STOPPED: 'Finished.',
    FAILED: 'Ended with an error.',
  },
);
