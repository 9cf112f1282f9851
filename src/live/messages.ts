// What subscribers receive: the root values of their operations.
import type { Activity } from '../events/activity.ts';
import type { LiveMessage } from '../events/live-source.ts';
import type { ChangeKind, ViewChange } from './view.ts';

/** What holds now. */
export interface StateMessage<Item> extends LiveMessage {
  type: 'state';
  id: string;
  items: readonly Item[];
  /** When it was read. */
  seenAt: Date;
}

export type ChangeMessage<Item> = Readonly<ViewChange<Item>> & { readonly type: ChangeKind };

export interface ActivityMessage extends LiveMessage {
  type: 'activity';
  activity: Activity;
}

/** Why messages were missed, or may be. */
export type GapReason = 'SLOW_READER' | 'EXPIRED_CURSOR' | 'REDIS_LOST' | 'AWS_LOST';

export interface GapMessage extends LiveMessage {
  type: 'gap';
  reason: GapReason;
  seenAt: Date;
}

export const gapAt = (cursor: string, reason: GapReason): GapMessage => ({
  type: 'gap',
  cursor,
  reason,
  seenAt: new Date(),
});

export type ViewMessage<Item> = StateMessage<Item> | ChangeMessage<Item> | GapMessage;
