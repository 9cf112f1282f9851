// The lifecycle of compositions: they start, run, stop without a publisher, fail, and are removed.
import type { DestinationState } from '@aws-sdk/client-ivs-realtime';
import { Refused } from '../errors.ts';
import { liveSession, startStream, stopStream } from '../low-latency/broadcast.ts';
import type { Composition, CompositionDestination, Stage, World } from '../world.ts';
import { isOver } from './composition-destination.ts';

// In seconds
const STARTS_IN = 3; // not documented
const STOPS_IN = 3; // not documented
// https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/server-side-composition-overview.html
const STOPS_WITHOUT_PUBLISHER_AFTER = 60;
const LIFETIME_AFTER_END = 5 * 60;
const LONGEST = 24 * 60 * 60; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html

export function run(world: World, composition: Composition, arePublishers: boolean): void {
  world.after(STARTS_IN, () => activate(world, composition));
  world.after(LONGEST, () => stop(world, composition));
  heed(world, composition, arePublishers);
}

function activate(world: World, composition: Composition): void {
  if (composition.state !== 'STARTING') return;
  composition.state = 'ACTIVE';
  moveDestinations(composition, (destination) => goLive(world, destination));
  failIfAlone(world, composition);
}

function goLive(world: World, destination: CompositionDestination): CompositionDestination {
  const channelArn = destination.configuration?.channel?.channelArn;
  const active = { ...destination, state: 'ACTIVE' as const, startTime: world.now() };
  if (channelArn === undefined) return active;
  const channel = world.channels.get(channelArn);
  // Another stream started there, or the channel was deleted, in the meantime
  if (!channel || liveSession(channel)) return { ...destination, state: 'FAILED', endTime: world.now() };
  startStream(world, channel, { streamId: destination.streamId });
  return active;
}

/** Stops a composition; one that is stopping or over stays as it is. */
export function stop(world: World, composition: Composition): void {
  if (composition.state !== 'STARTING' && composition.state !== 'ACTIVE') return;
  composition.state = 'STOPPING';
  moveDestinations(composition, (destination) => ({ ...destination, state: 'STOPPING' }));
  world.after(STOPS_IN, () => {
    if (composition.state !== 'STOPPING') return;
    moveDestinations(composition, (destination) => end(world, destination, 'STOPPED'));
    conclude(world, composition, 'STOPPED');
  });
}

function end(
  world: World,
  destination: CompositionDestination,
  state: 'STOPPED' | 'FAILED',
): CompositionDestination {
  const { configuration, streamId } = destination;
  const channel = world.channels.get(configuration?.channel?.channelArn ?? '');
  if (channel && liveSession(channel)?.streamId === streamId) stopStream(world, channel);
  return { ...destination, state, endTime: world.now() };
}

function conclude(world: World, composition: Composition, state: 'STOPPED' | 'FAILED'): void {
  composition.state = state;
  composition.endTime = world.now();
  world.after(LIFETIME_AFTER_END, () => world.compositions.delete(composition.arn));
}

/** Those of its destinations that are not over. */
function moveDestinations(
  composition: Composition,
  move: (destination: CompositionDestination) => CompositionDestination,
): void {
  composition.destinations = composition.destinations.map((destination) =>
    isOver(destination) ? destination : move(destination),
  );
}

/** A composition lives as long as one of its destinations. */
function failIfAlone(world: World, composition: Composition): void {
  if (composition.destinations.every(isOver)) conclude(world, composition, 'FAILED');
}

export function failDestination(world: World, composition: Composition, destinationId: string): void {
  const failing = requireDestination(composition, destinationId);
  if (isOver(failing)) throw new Refused(`${destinationId} is ${failing.state} already`);
  moveDestinations(composition, (destination) =>
    destination === failing ? end(world, destination, 'FAILED') : destination,
  );
  failIfAlone(world, composition);
}

export function changeDestination(
  composition: Composition,
  destinationId: string,
  from: DestinationState,
  to: DestinationState,
): void {
  const changing = requireDestination(composition, destinationId);
  if (changing.state !== from) throw new Refused(`${destinationId} is not ${from} but ${changing.state}`);
  moveDestinations(composition, (destination) =>
    destination === changing ? { ...destination, state: to } : destination,
  );
}

function requireDestination(
  { arn, destinations }: Composition,
  destinationId: string,
): CompositionDestination {
  const destination = destinations.find(({ id }) => id === destinationId);
  if (!destination) throw new Refused(`${arn} has no destination ${destinationId}`);
  return destination;
}

/** Updates the compositions of a stage whenever the number of its publishers may have changed. */
export function notePublishers(world: World, stage: Stage, arePublishers: boolean): void {
  for (const composition of world.compositions.values()) {
    if (composition.stageArn === stage.arn) heed(world, composition, arePublishers);
  }
}

function heed(world: World, composition: Composition, arePublishers: boolean): void {
  const silence = arePublishers ? undefined : {};
  composition.silence = silence;
  if (!silence) return;
  world.after(STOPS_WITHOUT_PUBLISHER_AFTER, () => {
    if (composition.silence === silence) stop(world, composition);
  });
}
