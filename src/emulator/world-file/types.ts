// A world file that was checked: see format.ts.
import type { StreamHealth } from '@aws-sdk/client-ivs';
import type { EventErrorCode } from '@aws-sdk/client-ivs-realtime';
import type { FailureName } from '../low-latency/broadcast.ts';
import type { Joining } from '../realtime/presence.ts';
import type { NewToken } from '../realtime/token-exchange.ts';
import type { CollectionName, participantEvents } from './format.ts';

/** A resource, or what else creates an item: the members of the operation, and those below. */
export interface Item extends Record<string, unknown> {
  id?: string;
  name?: string;
}
export interface ParticipantEventItem extends NewToken {
  time: string;
  name: (typeof participantEvents)[number];
  remoteParticipantId?: string;
  errorCode?: EventErrorCode;
}
export interface ParticipantItem extends Joining {
  joinedAt?: string;
  leftAt?: string;
  published?: boolean;
  events?: ParticipantEventItem[];
}
export interface SessionItem {
  id?: string;
  startedAt?: string;
  endedAt?: string;
  participants: ParticipantItem[];
}
export interface StageItem extends Item {
  sessions?: SessionItem[];
}
interface StreamItem {
  id?: string;
  startedAt?: string;
  endedAt?: string;
  viewerCount?: number;
  health?: StreamHealth;
  events?: { time: string; name: FailureName | 'Starvation Start' | 'Starvation End' | 'Stream Takeover' }[];
}
export interface ChannelItem extends Item {
  streamKey?: { id?: string; tags?: Record<string, string> };
  streams?: StreamItem[];
  revocations?: object[];
}
export interface TimedItem extends Item {
  startedAt?: string;
  stoppedAt?: string;
  participantId?: string;
}
export type RegionItem = Partial<Record<CollectionName, Item[] | null>>;
export interface AccountItem extends RegionItem {
  region?: string;
  regions?: Record<string, RegionItem>;
}
export interface WorldItem extends AccountItem {
  time?: string;
  accounts?: Record<string, AccountItem>;
}
