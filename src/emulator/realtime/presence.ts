// What participants do by themselves, for which AWS has no operation: they join, publish, subscribe, fail, leave.
// The replicas of a participant on other stages do the same.
import type { Stage, World } from '../world/world.ts';
import * as attendance from './attendance.ts';
import { followJoin, followLeave, followPublish, followUnpublish } from './replication.ts';

export { type FailureName, fail, type Joining, subscribe, unsubscribe } from './attendance.ts';

export function join(world: World, stage: Stage, joining: attendance.Joining, marks?: attendance.Marks) {
  const joined = attendance.join(world, stage, joining, marks);
  followJoin(world, stage, joined.participantId);
  return joined;
}

export function publish(world: World, stage: Stage, participantId: string): void {
  attendance.publish(world, stage, participantId);
  followPublish(world, stage, participantId);
}

export function unpublish(world: World, stage: Stage, participantId: string): void {
  attendance.unpublish(world, stage, participantId);
  followUnpublish(world, stage, participantId);
}

export function leave(world: World, stage: Stage, participantId: string): void {
  attendance.leave(world, stage, participantId);
  followLeave(world, stage, participantId);
}
