// The inputs of the control API.
import type { EventErrorCode } from '@aws-sdk/client-ivs-realtime';
import type * as broadcast from './low-latency/broadcast.ts';
import type { AccountLimit } from './low-latency/stream-event.ts';
import type { OutputError } from './realtime/output-error.ts';
import type * as presence from './realtime/presence.ts';

export type JoinInput = Omit<presence.Joining, 'sessionId' | 'capabilities' | 'expirationTime'> & {
  stageArn?: string;
  token?: string;
};
export interface ParticipantInput {
  stageArn: string;
  participantId: string;
}
export interface SubscriptionInput extends ParticipantInput {
  remoteParticipantId: string;
}
export interface FailInput extends ParticipantInput {
  errorCode: EventErrorCode;
  event?: presence.FailureName;
}
export interface CompositionDestinationInput {
  compositionArn: string;
  destinationId: string;
}
export interface FailDestinationInput extends CompositionDestinationInput {
  errorCode?: OutputError;
}
export interface FailRecordingInput extends ParticipantInput {
  errorCode?: OutputError;
}
export interface ChannelInput {
  channelArn: string;
}
export interface FailStreamInput extends ChannelInput {
  event?: broadcast.FailureName;
}
export interface PutEventInput {
  region: string;
  account?: string;
  detailType: string;
  detail: Record<string, unknown>;
  resources?: string[];
  source?: string;
}
export interface Revocation {
  channelArn: string;
  viewerId: string;
  viewerSessionVersionsLessThanOrEqualTo: number;
}
export interface BreachInput {
  limit: AccountLimit;
  region: string;
  account?: string;
}
