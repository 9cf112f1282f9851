// What participants, viewers and broadcasters do in the emulated world, in process; control-server.ts offers the same over HTTP.
import type { EventErrorCode } from '@aws-sdk/client-ivs-realtime';
import type { Call, CallLog } from './calls.ts';
import { Refused } from './errors.ts';
import type { Fault, Faults } from './faults.ts';
import { parseArn, regionOfStreamKey } from './identifiers.ts';
import * as broadcast from './low-latency/broadcast.ts';
import * as compositing from './realtime/compositing.ts';
import * as ingest from './realtime/ingest.ts';
import { capabilitiesOf, redeemToken } from './realtime/participant-token.ts';
import * as presence from './realtime/presence.ts';
import { exchangeToken, type NewToken } from './realtime/token-exchange.ts';
import type { Account, Channel, Composition, Stage, World } from './world.ts';

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
/** One of the two; the ARN stands for its first stream key. */
export interface IngestInput {
  streamKey?: string;
  ingestConfigurationArn?: string;
}
export interface ChannelInput {
  channelArn: string;
}
export interface FailStreamInput extends ChannelInput {
  event?: broadcast.FailureName;
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

  /** By stage, or by a token: of CreateParticipantToken, of CreateStage or signed for an imported public key. */
  join({ stageArn, token, ...joining }: JoinInput): { sessionId: string; participantId: string } {
    const publicKeyOf = (arn: string) => this.#world(arn)?.publicKeys.get(arn);
    const now = this.#parts.account.clock.now();
    const claims = token === undefined ? undefined : redeemToken(token, now, publicKeyOf);
    const { world, stage } = this.#stage(claims?.resource ?? stageArn);
    const participantId = claims ? claims.jti : joining.participantId;
    if (participantId !== undefined && stage.banned.has(participantId))
      throw new Refused(`${participantId} was disconnected from ${stage.arn} and may not join again`);
    if (!claims) return presence.join(world, stage, joining);
    const { user_id: userId, attributes } = claims;
    const [capabilities, expirationTime] = [capabilitiesOf(claims), new Date(claims.exp * 1000)];
    const said = { participantId, userId, attributes, capabilities, expirationTime };
    return presence.join(world, stage, { ...joining, ...said });
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

  /** What the new token does not say stays as it was. */
  exchangeToken({ stageArn, participantId, ...token }: ParticipantInput & NewToken): void {
    const { world, stage } = this.#stage(stageArn);
    exchangeToken(world, stage, participantId, token);
  }

  /** An encoder begins to send to the stage of its ingest configuration. */
  startIngest(input: IngestInput): { sessionId: string; participantId: string } {
    const { world, configuration, participantId } = this.#ingest(input);
    return ingest.startIngest(world, configuration, participantId);
  }

  stopIngest(input: IngestInput): void {
    const { world, configuration, participantId } = this.#ingest(input);
    ingest.stopIngest(world, configuration, participantId);
  }

  /** A destination that fails does not come back; with the last one its composition fails. */
  failCompositionDestination({ compositionArn, destinationId }: CompositionDestinationInput): void {
    const { world, composition } = this.#composition(compositionArn);
    compositing.failDestination(world, composition, destinationId);
  }

  /** A destination loses its connection and looks for another one, until it recovers or fails. */
  loseCompositionDestination({ compositionArn, destinationId }: CompositionDestinationInput): void {
    const { composition } = this.#composition(compositionArn);
    compositing.changeDestination(composition, destinationId, 'ACTIVE', 'RECONNECTING');
  }

  recoverCompositionDestination({ compositionArn, destinationId }: CompositionDestinationInput): void {
    const { composition } = this.#composition(compositionArn);
    compositing.changeDestination(composition, destinationId, 'RECONNECTING', 'ACTIVE');
  }

  startStream({ channelArn, viewerCount }: ChannelInput & { viewerCount?: number }): { streamId: string } {
    const { world, channel } = this.#channel(channelArn);
    return broadcast.startStream(world, channel, viewerCount === undefined ? {} : { viewerCount });
  }

  starveStream({ channelArn }: ChannelInput): void {
    const { world, channel } = this.#channel(channelArn);
    broadcast.changeHealth(world, channel, 'STARVING');
  }

  recoverStream({ channelArn }: ChannelInput): void {
    const { world, channel } = this.#channel(channelArn);
    broadcast.changeHealth(world, channel, 'HEALTHY');
  }

  /** Notes an error event of the stream on air. */
  failStream({ channelArn, event = 'Stream Failure' }: FailStreamInput): void {
    const { world, channel } = this.#channel(channelArn);
    broadcast.failStream(world, channel, event);
  }

  stopStream({ channelArn }: ChannelInput): void {
    const { world, channel } = this.#channel(channelArn);
    broadcast.stopStream(world, channel);
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
    statuses: Record<number, number>;
    log: readonly Call[];
  } {
    const { calls } = this.#parts;
    return { counts: calls.counts(), statuses: calls.statuses(), log: calls.log(operation) };
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

  #stage(arn: string | undefined): { world: World; stage: Stage } {
    if (arn === undefined) throw new Refused('stageArn: expected the ARN of a stage');
    const world = this.#world(arn);
    const stage = world?.stages.get(arn);
    if (!world || !stage) throw new Refused(`stageArn: there is no stage ${arn}`);
    return { world, stage };
  }

  #composition(arn: string): { world: World; composition: Composition } {
    const world = this.#world(arn);
    const composition = world?.compositions.get(arn);
    if (!world || !composition) throw new Refused(`compositionArn: there is no composition ${arn}`);
    return { world, composition };
  }

  #ingest({ streamKey = '', ingestConfigurationArn: arn = '' }: IngestInput) {
    const region = parseArn(arn)?.region ?? regionOfStreamKey(streamKey);
    const world = region === undefined ? undefined : this.#parts.account.world(region);
    const found = world && ingest.findIngest(world, arn, streamKey);
    if (!found)
      throw new Refused(`there is no ingest configuration ${arn || `with the stream key ${streamKey}`}`);
    return { world, ...found };
  }

  #channel(arn: string): { world: World; channel: Channel } {
    const world = this.#world(arn);
    const channel = world?.channels.get(arn);
    if (!world || !channel) throw new Refused(`channelArn: there is no channel ${arn}`);
    return { world, channel };
  }
}
