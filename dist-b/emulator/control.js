import { Refused } from './errors.js';
import { parseArn, regionOfStreamKey } from './identifiers.js';
import * as broadcast from './low-latency/broadcast.js';
import * as compositing from './realtime/compositing.js';
import * as ingest from './realtime/ingest.js';
import { capabilitiesOf, redeemToken } from './realtime/participant-token.js';
import * as presence from './realtime/presence.js';
import { exchangeToken } from './realtime/token-exchange.js';
export class Control {
    #parts;
    constructor(parts) {
        this.#parts = parts;
    }
    /** By stage, or by a token: of CreateParticipantToken, of CreateStage or signed for an imported public key. */
    join({ stageArn, token, ...joining }) {
        const publicKeyOf = (arn) => this.#world(arn)?.publicKeys.get(arn);
        const now = this.#parts.account.clock.now();
        const claims = token === undefined ? undefined : redeemToken(token, now, publicKeyOf);
        const { world, stage } = this.#stage(claims?.resource ?? stageArn);
        const participantId = claims ? claims.jti : joining.participantId;
        if (participantId !== undefined && stage.banned.has(participantId))
            throw new Refused(`${participantId} was disconnected from ${stage.arn} and may not join again`);
        if (!claims)
            return presence.join(world, stage, joining);
        const { user_id: userId, attributes } = claims;
        const [capabilities, expirationTime] = [capabilitiesOf(claims), new Date(claims.exp * 1000)];
        const said = { participantId, userId, attributes, capabilities, expirationTime };
        return presence.join(world, stage, { ...joining, ...said });
    }
    publish({ stageArn, participantId }) {
        const { world, stage } = this.#stage(stageArn);
        presence.publish(world, stage, participantId);
    }
    unpublish({ stageArn, participantId }) {
        const { world, stage } = this.#stage(stageArn);
        presence.unpublish(world, stage, participantId);
    }
    subscribe({ stageArn, participantId, remoteParticipantId }) {
        const { world, stage } = this.#stage(stageArn);
        presence.subscribe(world, stage, participantId, remoteParticipantId);
    }
    unsubscribe({ stageArn, participantId, remoteParticipantId }) {
        const { world, stage } = this.#stage(stageArn);
        presence.unsubscribe(world, stage, participantId, remoteParticipantId);
    }
    /** Notes an error event of a connected participant. */
    fail({ stageArn, participantId, errorCode, event = 'PUBLISH_ERROR' }) {
        const { world, stage } = this.#stage(stageArn);
        presence.fail(world, stage, participantId, errorCode, event);
    }
    leave({ stageArn, participantId }) {
        const { world, stage } = this.#stage(stageArn);
        presence.leave(world, stage, participantId);
    }
    /** What the new token does not say stays as it was. */
    exchangeToken({ stageArn, participantId, ...token }) {
        const { world, stage } = this.#stage(stageArn);
        exchangeToken(world, stage, participantId, token);
    }
    /** An encoder begins to send to the stage of its ingest configuration. */
    startIngest(input) {
        const { world, configuration, participantId } = this.#ingest(input);
        return ingest.startIngest(world, configuration, participantId);
    }
    stopIngest(input) {
        const { world, configuration, participantId } = this.#ingest(input);
        ingest.stopIngest(world, configuration, participantId);
    }
    /** A destination that fails does not come back; with the last one its composition fails. */
    failCompositionDestination({ compositionArn, destinationId }) {
        const { world, composition } = this.#composition(compositionArn);
        compositing.failDestination(world, composition, destinationId);
    }
    /** A destination loses its connection and looks for another one, until it recovers or fails. */
    loseCompositionDestination({ compositionArn, destinationId }) {
        const { composition } = this.#composition(compositionArn);
        compositing.changeDestination(composition, destinationId, 'ACTIVE', 'RECONNECTING');
    }
    recoverCompositionDestination({ compositionArn, destinationId }) {
        const { composition } = this.#composition(compositionArn);
        compositing.changeDestination(composition, destinationId, 'RECONNECTING', 'ACTIVE');
    }
    startStream({ channelArn, viewerCount }) {
        const { world, channel } = this.#channel(channelArn);
        return broadcast.startStream(world, channel, viewerCount === undefined ? {} : { viewerCount });
    }
    starveStream({ channelArn }) {
        const { world, channel } = this.#channel(channelArn);
        broadcast.changeHealth(world, channel, 'STARVING');
    }
    recoverStream({ channelArn }) {
        const { world, channel } = this.#channel(channelArn);
        broadcast.changeHealth(world, channel, 'HEALTHY');
    }
    /** Notes an error event of the stream on air. */
    failStream({ channelArn, event = 'Stream Failure' }) {
        const { world, channel } = this.#channel(channelArn);
        broadcast.failStream(world, channel, event);
    }
    stopStream({ channelArn }) {
        const { world, channel } = this.#channel(channelArn);
        broadcast.stopStream(world, channel);
    }
    /** The viewer sessions revoked so far, which AWS lists nowhere. */
    revocations({ channelArn } = {}) {
        const channels = this.#parts.account.worlds().flatMap((world) => [...world.channels.values()]);
        return channels
            .filter(({ arn }) => channelArn === undefined || arn === channelArn)
            .flatMap(({ arn, revocations }) => [...revocations].map(([viewerId, version]) => ({
            channelArn: arn,
            viewerId,
            viewerSessionVersionsLessThanOrEqualTo: version,
        })));
    }
    calls({ operation } = {}) {
        const { calls } = this.#parts;
        return { counts: calls.counts(), statuses: calls.statuses(), log: calls.log(operation) };
    }
    resetCalls() {
        this.#parts.calls.reset();
    }
    addFault(fault) {
        this.#parts.faults.add(fault);
    }
    clearFaults() {
        this.#parts.faults.clear();
    }
    /** Back to the start: the world as it was seeded, no faults, no calls. */
    reset() {
        const { account, calls, faults, plant } = this.#parts;
        account.clear();
        calls.reset();
        faults.clear();
        plant();
    }
    #world(arn) {
        const region = parseArn(arn)?.region;
        return region === undefined ? undefined : this.#parts.account.world(region);
    }
    #stage(arn) {
        if (arn === undefined)
            throw new Refused('stageArn: expected the ARN of a stage');
        const world = this.#world(arn);
        const stage = world?.stages.get(arn);
        if (!world || !stage)
            throw new Refused(`stageArn: there is no stage ${arn}`);
        return { world, stage };
    }
    #composition(arn) {
        const world = this.#world(arn);
        const composition = world?.compositions.get(arn);
        if (!world || !composition)
            throw new Refused(`compositionArn: there is no composition ${arn}`);
        return { world, composition };
    }
    #ingest({ streamKey = '', ingestConfigurationArn: arn = '' }) {
        const region = parseArn(arn)?.region ?? regionOfStreamKey(streamKey);
        const world = region === undefined ? undefined : this.#parts.account.world(region);
        const found = world && ingest.findIngest(world, arn, streamKey);
        if (!found)
            throw new Refused(`there is no ingest configuration ${arn || `with the stream key ${streamKey}`}`);
        return { world, ...found };
    }
    #channel(arn) {
        const world = this.#world(arn);
        const channel = world?.channels.get(arn);
        if (!world || !channel)
            throw new Refused(`channelArn: there is no channel ${arn}`);
        return { world, channel };
    }
}
