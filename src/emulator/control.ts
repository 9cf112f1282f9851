// What people do by hand in the emulated world, in process; control-server.ts offers the same over HTTP.
import type { EventErrorCode } from '@aws-sdk/client-ivs-realtime';
import type { Call, CallLog } from './calls.ts';
import { Refused } from './errors.ts';
import type { Fault, Faults } from './faults.ts';
import { parseArn } from './identifiers.ts';
import { changeHealth, startStream, stopStream } from './low-latency/broadcast.ts';
import { capabilitiesOf, redeemToken } from './realtime/participant-token.ts';
import * as presence from './realtime/presence.ts';
import type { Account, Channel, Stage, World } from './world.ts';

export type JoinInput = Omit<presence.Joining, 'sessionId' | 'capabilities'> & {
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
export interface ChannelInput {
  channelArn: string;
}
export interface Revocation {
  channelArn: string;
  viewerId: string;
  viewerSessionVersionsLessThanOrEqualTo: number;
}

interface Parts {
  account: Account;
  calls: CallLog;
  faults: Faults;
  /** Fills an empty world as it was at the start. */
  plant: () => void;
}

export class Control {
  #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** By stage, or by a token that CreateParticipantToken or CreateStage made. */
  join({ stageArn, token, ...joining }: JoinInput): { sessionId: string; participantId: string } {
    const claims = token === undefined ? undefined : redeemToken(token, this.#parts.account.clock.now());
    const { world, stage } = this.#stage(claims?.resource ?? stageArn);
    if (!claims) return presence.join(world, stage, joining);
    const { jti: participantId, user_id: userId, attributes } = claims;
    const capabilities = capabilitiesOf(claims);
    return presence.join(world, stage, { ...joining, participantId, userId, attributes, capabilities });
  }

  publish({ stageArn, participantId }: ParticipantInput): void {
    const { world, stage } = this.#stage(stageArn);
    presence.publish(world, stage, participantId);
  }

  unpublish({ stageArn, participantId }: ParticipantInput): void {
    const { world, stage } = this.#stage(stageArn);
    presence.unpublish(world, stage, participantId);
  }

  subscribe({ stageArn, participantId, remoteParticipantId }: SubscriptionInput): void {
    const { world, stage } = this.#stage(stageArn);
    presence.subscribe(world, stage, participantId, remoteParticipantId);
  }

  unsubscribe({ stageArn, participantId, remoteParticipantId }: SubscriptionInput): void {
    const { world, stage } = this.#stage(stageArn);
    presence.unsubscribe(world, stage, participantId, remoteParticipantId);
  }

  /** Notes an error event of a connected participant. */
  fail({ stageArn, participantId, errorCode, event = 'PUBLISH_ERROR' }: FailInput): void {
    const { world, stage } = this.#stage(stageArn);
    presence.fail(world, stage, participantId, errorCode, event);
  }

  leave({ stageArn, participantId }: ParticipantInput): void {
    const { world, stage } = this.#stage(stageArn);
    presence.leave(world, stage, participantId);
  }

  startStream({ channelArn, viewerCount }: ChannelInput & { viewerCount?: number }): { streamId: string } {
    const { world, channel } = this.#channel(channelArn);
    return startStream(world, channel, viewerCount === undefined ? {} : { viewerCount });
  }

  starveStream({ channelArn }: ChannelInput): void {
    const { world, channel } = this.#channel(channelArn);
    changeHealth(world, channel, 'STARVING');
  }

  recoverStream({ channelArn }: ChannelInput): void {
    const { world, channel } = this.#channel(channelArn);
    changeHealth(world, channel, 'HEALTHY');
  }

  stopStream({ channelArn }: ChannelInput): void {
    const { world, channel } = this.#channel(channelArn);
    stopStream(world, channel);
  }

  /** The viewer sessions revoked so far, which AWS lists nowhere. */
  revocations({ channelArn }: Partial<ChannelInput> = {}): Revocation[] {
    const channels = this.#parts.account.worlds().flatMap((world) => [...world.channels.values()]);
    return channels
      .filter(({ arn }) => channelArn === undefined || arn === channelArn)
      .flatMap(({ arn, revocations }) =>
        [...revocations].map(([viewerId, version]) => ({
          channelArn: arn,
          viewerId,
          viewerSessionVersionsLessThanOrEqualTo: version,
        })),
      );
  }

  calls({ operation }: { operation?: string } = {}): {
    counts: Record<string, number>;
    log: readonly Call[];
  } {
    return { counts: this.#parts.calls.counts(), log: this.#parts.calls.log(operation) };
  }

  resetCalls(): void {
    this.#parts.calls.reset();
  }

  addFault(fault: Fault): void {
    this.#parts.faults.add(fault);
  }

  clearFaults(): void {
    this.#parts.faults.clear();
  }

  /** Back to the start: the world as it was seeded, no faults, no calls. */
  reset(): void {
    const { account, calls, faults, plant } = this.#parts;
    account.clear();
    calls.reset();
    faults.clear();
    plant();
  }

  #world(arn: string): World | undefined {
    const region = parseArn(arn)?.region;
    return region === undefined ? undefined : this.#parts.account.world(region);
  }

  #stage(arn = ''): { world: World; stage: Stage } {
    const world = this.#world(arn);
    const stage = world?.stages.get(arn);
    if (!world || !stage) throw new Refused(`stageArn: there is no stage ${arn}`);
    return { world, stage };
  }

  #channel(arn: string): { world: World; channel: Channel } {
    const world = this.#world(arn);
    const channel = world?.channels.get(arn);
    if (!world || !channel) throw new Refused(`channelArn: there is no channel ${arn}`);
    return { world, channel };
  }
}
