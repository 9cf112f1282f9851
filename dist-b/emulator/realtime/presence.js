import * as attendance from './attendance.js';
import { followJoin, followLeave, followPublish, followUnpublish } from './replication.js';
export { fail, subscribe, unsubscribe } from './attendance.js';
export function join(world, stage, joining, marks) {
    const joined = attendance.join(world, stage, joining, marks);
    followJoin(world, stage, joined.participantId);
    return joined;
}
export function publish(world, stage, participantId) {
    attendance.publish(world, stage, participantId);
    followPublish(world, stage, participantId);
}
export function unpublish(world, stage, participantId) {
    attendance.unpublish(world, stage, participantId);
    followUnpublish(world, stage, participantId);
}
export function leave(world, stage, participantId) {
    attendance.leave(world, stage, participantId);
    followLeave(world, stage, participantId);
}
