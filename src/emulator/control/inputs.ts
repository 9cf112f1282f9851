// The inputs of the control API.
import type { EventErrorCode } from '@aws-sdk/client-ivs-realtime';
import type * as broadcast from '../low-latency/broadcast.ts';
import type { AccountLimit } from '../low-latency/stream-event.ts';
import type { OutputError } from '../realtime/output-error.ts';
import type * as presence from '../realtime/presence.ts';

/** It must be the account of what the ARN names. */
interface Owned {
  account?: string | undefined;
}
export type JoinInput = Owned &
  Omit<presence.Joining, 'sessionId' | 'capabilities' | 'expirationTime'> & {
    stageArn?: string;
    token?: string;
  };
export interface ParticipantInput extends Owned {
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
export interface CompositionDestinationInput extends Owned {
  compositionArn: string;
  destinationId: string;
}
export interface FailDestinationInput extends CompositionDestinationInput {
  errorCode?: OutputError;
}
export interface FailRecordingInput extends ParticipantInput {
  errorCode?: OutputError;
}
export interface ChannelInput extends Owned {
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
export interface Revocation extends Owned {
  channelArn: string;
  viewerId: string;
  viewerSessionVersionsLessThanOrEqualTo: number;
}
export interface BreachInput {
  limit: AccountLimit;
  region: string;
  account?: string;
}
