// What participants, viewers and broadcasters do in the emulated world.

import { Refused } from '../errors.ts';
import * as broadcast from '../low-latency/broadcast.ts';
import { breachLimit } from '../low-latency/stream-event.ts';
import * as compositing from '../realtime/compositing.ts';
import * as ingest from '../realtime/ingest.ts';
import { failRecording, requireRecorded } from '../realtime/participant-recording.ts';
import { capabilitiesOf, redeemToken } from '../realtime/participant-token.ts';
import * as presence from '../realtime/presence.ts';
import { exchangeToken, type NewToken } from '../realtime/token-exchange.ts';
import type { Accounts } from '../world/accounts.ts';
import type { World } from '../world/world.ts';
import type {
  BreachInput,
  ChannelInput,
  CompositionDestinationInput,
  FailDestinationInput,
  FailInput,
  FailRecordingInput,
  FailStreamInput,
  JoinInput,
  ParticipantInput,
  PutEventInput,
  Revocation,
  SubscriptionInput,
} from './inputs.ts';
import { type IngestInput, Targets } from './targets.ts';

export class WorldControl {
  #accounts: Accounts;
  #targets: Targets;

  constructor(accounts: Accounts) {
    this.#accounts = accounts;
    this.#targets = new Targets(accounts);
  }

  /** By stage, or by a token: of CreateParticipantToken, of CreateStage or signed for an imported public key. */
  join({ stageArn, token, ...joining }: JoinInput): { sessionId: string; participantId: string } {
    const publicKeyOf = (arn: string) => this.#targets.world(arn)?.publicKeys.get(arn);
    const signers = { keys: this.#accounts.all().map(({ ids }) => ids.key), publicKeyOf };
    const nowAt = (arn: string) => (this.#targets.world(arn) ?? this.#accounts.clock).now();
    const claims = token === undefined ? undefined : redeemToken(token, nowAt, signers);
    const { world, stage } = this.#targets.stage(claims?.resource ?? stageArn);
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
    const { world, stage } = this.#targets.stage(stageArn);
    presence.publish(world, stage, participantId);
  }

  unpublish({ stageArn, participantId }: ParticipantInput): void {
    const { world, stage } = this.#targets.stage(stageArn);
    presence.unpublish(world, stage, participantId);
  }

  subscribe({ stageArn, participantId, remoteParticipantId }: SubscriptionInput): void {
    const { world, stage } = this.#targets.stage(stageArn);
    presence.subscribe(world, stage, participantId, remoteParticipantId);
  }

  unsubscribe({ stageArn, participantId, remoteParticipantId }: SubscriptionInput): void {
    const { world, stage } = this.#targets.stage(stageArn);
    presence.unsubscribe(world, stage, participantId, remoteParticipantId);
  }

  /** Notes an error event of a connected participant. */
  fail({ stageArn, participantId, errorCode, event = 'PUBLISH_ERROR' }: FailInput): void {
    const { world, stage } = this.#targets.stage(stageArn);
    presence.fail(world, stage, participantId, errorCode, event);
  }

  leave({ stageArn, participantId }: ParticipantInput): void {
    const { world, stage } = this.#targets.stage(stageArn);
    presence.leave(world, stage, participantId);
  }

  /** Without an error code it is the service that fails. */
  failRecording({
    stageArn,
    participantId,
    errorCode = 'InternalServerException',
  }: FailRecordingInput): void {
    const { world, stage } = this.#targets.stage(stageArn);
    failRecording(world, requireRecorded(stage, participantId), errorCode);
  }

  /** What the new token does not say stays as it was. */
  exchangeToken({ stageArn, participantId, ...token }: ParticipantInput & NewToken): void {
    const { world, stage } = this.#targets.stage(stageArn);
    exchangeToken(world, stage, participantId, token);
  }

  /** An encoder begins to send to the stage of its ingest configuration. */
  startIngest(input: IngestInput): { sessionId: string; participantId: string } {
    const { world, configuration, participantId } = this.#targets.ingest(input);
    return ingest.startIngest(world, configuration, participantId);
  }

  stopIngest(input: IngestInput): void {
    const { world, configuration, participantId } = this.#targets.ingest(input);
    ingest.stopIngest(world, configuration, participantId);
  }

  /** A destination that fails does not come back; with the last one its composition fails. */
  failCompositionDestination({ compositionArn, destinationId, errorCode }: FailDestinationInput): void {
    const { world, composition } = this.#targets.composition(compositionArn);
    compositing.failDestination(world, composition, destinationId, errorCode);
  }

  /** A destination loses its connection and looks for another one, until it recovers or fails. */
  loseCompositionDestination({ compositionArn, destinationId }: CompositionDestinationInput): void {
    const { world, composition } = this.#targets.composition(compositionArn);
    compositing.loseDestination(world, composition, destinationId);
  }

  recoverCompositionDestination({ compositionArn, destinationId }: CompositionDestinationInput): void {
    const { world, composition } = this.#targets.composition(compositionArn);
    compositing.recoverDestination(world, composition, destinationId);
  }

  startStream({ channelArn, viewerCount }: ChannelInput & { viewerCount?: number }): { streamId: string } {
    const { world, channel } = this.#targets.channel(channelArn);
    return broadcast.startStream(world, channel, viewerCount === undefined ? {} : { viewerCount });
  }

  starveStream({ channelArn }: ChannelInput): void {
    const { world, channel } = this.#targets.channel(channelArn);
    broadcast.changeHealth(world, channel, 'STARVING');
  }

  recoverStream({ channelArn }: ChannelInput): void {
    const { world, channel } = this.#targets.channel(channelArn);
    broadcast.changeHealth(world, channel, 'HEALTHY');
  }

  /** Notes an error event of the stream on air. */
  failStream({ channelArn, event = 'Stream Failure' }: FailStreamInput): void {
    const { world, channel } = this.#targets.channel(channelArn);
    broadcast.failStream(world, channel, event);
  }

  /** Another encoder takes the stream over, which continues. */
  takeOverStream({ channelArn }: ChannelInput): void {
    const { world, channel } = this.#targets.channel(channelArn);
    broadcast.takeOverStream(world, channel);
  }

  stopStream({ channelArn }: ChannelInput): void {
    const { world, channel } = this.#targets.channel(channelArn);
    broadcast.stopStream(world, channel);
  }

  /** Of an account, not of a channel; without one, of the emulator's own. */
  breachLimit({ limit, region, account }: BreachInput): void {
    breachLimit(this.#worldIn(region, account), limit);
  }

  /** An event of your own, of this minute or of a kind that the emulator does not know. */
  putEvent({ region, account, detailType, detail, resources = [], source }: PutEventInput): void {
    const event = { type: detailType, source, resources, detail };
    this.#worldIn(region, account).emit(event);
  }

  #worldIn(region: string, account?: string): World {
    return (account === undefined ? this.#accounts.own : this.#accounts.of(account)).world(region);
  }

  /** The viewer sessions revoked so far, which AWS lists nowhere. */
  revocations({ channelArn, account }: Partial<ChannelInput> & { account?: string } = {}): Revocation[] {
    const worlds = this.#accounts.worlds();
    const own = account === undefined ? worlds : worlds.filter((world) => world.accountId === account);
    const channels = own.flatMap((world) => [...world.channels.values()]);
    return channels
      .filter(({ arn }) => channelArn === undefined || arn === channelArn)
      .flatMap(({ arn, revocations }) =>
        [...revocations.values()].map(({ viewerId, version }) => ({
          channelArn: arn,
          viewerId,
          viewerSessionVersionsLessThanOrEqualTo: version,
        })),
      );
  }
}
