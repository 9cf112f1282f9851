import { enumeration } from '../language/enumeration.js';
export const ParticipantState = enumeration('ParticipantState', 'Connection state of a participant.', {
    CONNECTED: 'Connected to the stage.',
    DISCONNECTED: 'Left the stage.',
});
export const ParticipantProtocol = enumeration('ParticipantProtocol', 'Publishing protocol of a participant.', {
    UNKNOWN: 'Unknown, or not publishing.',
    WHIP: 'WebRTC over WHIP.',
    RTMP: 'RTMP, unencrypted.',
    RTMPS: 'RTMP over TLS.',
});
export const ParticipantRecordingState = enumeration('ParticipantRecordingState', 'State of a participant’s recording.', {
    STARTING: 'Starting.',
    ACTIVE: 'Recording.',
    STOPPING: 'Stopping: the files are being completed.',
    STOPPED: 'Finished.',
    FAILED: 'Ended with an error.',
    DISABLED: 'The stage does not record participants.',
});
export const ParticipantReplicationType = enumeration('ParticipantReplicationType', 'Role of a participant in a replication.', {
    SOURCE: 'The source of replicas on other stages.',
    REPLICA: 'A replica of a participant of another stage.',
    NONE: 'Neither.',
});
export const ParticipantReplicationState = enumeration('ParticipantReplicationState', 'State of a replication.', {
    ACTIVE: 'Active.',
    STOPPED: 'Stopped.',
});
export const ParticipantRecordingFilterState = enumeration('ParticipantRecordingFilterState', 'Recording states that can filter a list of participants: all except DISABLED.', {
    STARTING: 'Starting.',
    ACTIVE: 'Recording.',
    STOPPING: 'Stopping: the files are being completed.',
    STOPPED: 'Finished.',
    FAILED: 'Ended with an error.',
});
