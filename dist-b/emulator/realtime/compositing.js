import { Refused } from '../errors.js';
import { liveSession, startStream, stopStream } from '../low-latency/broadcast.js';
import { isOver } from './composition-destination.js';
// In seconds
const STARTS_IN = 3; // not documented
const STOPS_IN = 3; // not documented
// https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/server-side-composition-overview.html
const STOPS_WITHOUT_PUBLISHER_AFTER = 60;
const KEPT_FOR = 5 * 60;
const LONGEST = 24 * 60 * 60; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
export function run(world, composition, arePublishers) {
    world.after(STARTS_IN, () => activate(world, composition));
    world.after(LONGEST, () => stop(world, composition));
    heed(world, composition, arePublishers);
}
function activate(world, composition) {
    if (composition.state !== 'STARTING')
        return;
    composition.state = 'ACTIVE';
    moveDestinations(composition, (destination) => goLive(world, destination));
    failIfAlone(world, composition);
}
function goLive(world, destination) {
    const channelArn = destination.configuration?.channel?.channelArn;
    const active = { ...destination, state: 'ACTIVE', startTime: world.now() };
    if (channelArn === undefined)
        return active;
    const channel = world.channels.get(channelArn);
    // Somebody else went live there, or deleted it, in the meantime
    if (!channel || liveSession(channel))
        return { ...destination, state: 'FAILED', endTime: world.now() };
    startStream(world, channel, { streamId: destination.streamId });
    return active;
}
/** Stops a composition; one that is stopping or over stays as it is. */
export function stop(world, composition) {
    if (composition.state !== 'STARTING' && composition.state !== 'ACTIVE')
        return;
    composition.state = 'STOPPING';
    moveDestinations(composition, (destination) => ({ ...destination, state: 'STOPPING' }));
    world.after(STOPS_IN, () => {
        if (composition.state !== 'STOPPING')
            return;
        moveDestinations(composition, (destination) => end(world, destination, 'STOPPED'));
        conclude(world, composition, 'STOPPED');
    });
}
function end(world, destination, state) {
    const { configuration, streamId } = destination;
    const channel = world.channels.get(configuration?.channel?.channelArn ?? '');
    if (channel && liveSession(channel)?.streamId === streamId)
        stopStream(world, channel);
    return { ...destination, state, endTime: world.now() };
}
function conclude(world, composition, state) {
    composition.state = state;
    composition.endTime = world.now();
    world.after(KEPT_FOR, () => world.compositions.delete(composition.arn));
}
/** Those of its destinations that are not over. */
function moveDestinations(composition, move) {
    composition.destinations = composition.destinations.map((destination) => isOver(destination) ? destination : move(destination));
}
/** A composition lives as long as one of its destinations. */
function failIfAlone(world, composition) {
    if (composition.destinations.every(isOver))
        conclude(world, composition, 'FAILED');
}
export function failDestination(world, composition, destinationId) {
    const failing = requireDestination(composition, destinationId);
    if (isOver(failing))
        throw new Refused(`${destinationId} is ${failing.state} already`);
    moveDestinations(composition, (destination) => destination === failing ? end(world, destination, 'FAILED') : destination);
    failIfAlone(world, composition);
}
export function changeDestination(composition, destinationId, from, to) {
    const changing = requireDestination(composition, destinationId);
    if (changing.state !== from)
        throw new Refused(`${destinationId} is not ${from} but ${changing.state}`);
    moveDestinations(composition, (destination) => destination === changing ? { ...destination, state: to } : destination);
}
function requireDestination({ arn, destinations }, destinationId) {
    const destination = destinations.find(({ id }) => id === destinationId);
    if (!destination)
        throw new Refused(`${arn} has no destination ${destinationId}`);
    return destination;
}
/** Tells the compositions of a stage whether somebody publishes there, whenever that may have changed. */
export function notePublishers(world, stage, arePublishers) {
    for (const composition of world.compositions.values()) {
        if (composition.stageArn === stage.arn)
            heed(world, composition, arePublishers);
    }
}
function heed(world, composition, arePublishers) {
    const silence = arePublishers ? undefined : {};
    composition.silence = silence;
    if (!silence)
        return;
    world.after(STOPS_WITHOUT_PUBLISHER_AFTER, () => {
        if (composition.silence === silence)
            stop(world, composition);
    });
}
