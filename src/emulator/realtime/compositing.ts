// The lifecycle of compositions: they start, run, stop without a publisher, fail, and are removed.
import type { DestinationState } from '@aws-sdk/client-ivs-realtime';
import { Refused } from '../errors.ts';
import { liveSession, startStream, stopStream } from '../low-latency/broadcast.ts';
import type { Composition, CompositionDestination, Stage, World } from '../world/world.ts';
import { isOver } from './composition-destination.ts';
import {
  emitDestination,
  emitDestinationFailure,
  emitSession,
  emitSessionFailure,
  type SessionError,
} from './composition-event.ts';
import type { OutputError } from './output-error.ts';
import { UNUSABLE_BUCKET } from './storage-configuration.ts';

// In seconds
const STARTS_IN = 2; // as in https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/ssc-getting-started.html
const STOPS_IN = 3; // not documented
// https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/server-side-composition-overview.html
const STOPS_WITHOUT_PUBLISHER_AFTER = 60;
const LIFETIME_AFTER_END = 5 * 60;
const LONGEST = 24 * 60 * 60; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html

export function run(world: World, composition: Composition, arePublishers: boolean): void {
  world.after(STARTS_IN, activate, composition.arn);
  world.after(LONGEST, stopByArn, composition.arn);
  heed(world, composition, arePublishers);
}

function activate(world: World, arn: string): void {
  const composition = world.compositions.get(arn);
  if (composition?.state !== 'STARTING') return;
  composition.state = 'ACTIVE';
  emitSession(world, composition, 'Start');
  moveDestinations(composition, (destination) => goLive(world, composition, destination));
  failIfAlone(world, composition);
}

function goLive(
  world: World,
  composition: Composition,
  destination: CompositionDestination,
): CompositionDestination {
  const { id, streamId, configuration } = destination;
  const error = startError(world, destination);
  if (error) {
    emitDestinationFailure(world, composition, id, error);
    return { ...destination, state: 'FAILED', endTime: world.now() };
  }
  const channel = world.channels.get(configuration?.channel?.channelArn ?? '');
  if (channel) startStream(world, channel, { streamId });
  emitDestination(world, composition, id, 'Start');
  return { ...destination, state: 'ACTIVE', startTime: world.now() };
}

/** The bucket or the channel is not there, or the channel has no stream key or another stream. */
function startError(world: World, { configuration }: CompositionDestination): OutputError | undefined {
  const { channel: { channelArn } = {}, s3 } = configuration ?? {};
  const storage = world.storageConfigurations.get(s3?.storageConfigurationArn ?? '');
  if (storage?.s3?.bucketName === UNUSABLE_BUCKET) return 'ResourceNotFoundException';
  if (channelArn === undefined) return undefined;
  const channel = world.channels.get(channelArn);
  if (!channel || world.streamKeys.count('channelArn', channelArn) === 0) return 'InternalServerException';
  return liveSession(channel) ? 'ConflictException' : undefined;
}

/** Stops a composition; one that is stopping or over stays as it is. */
export function stop(world: World, composition: Composition): void {
  if (composition.state !== 'STARTING' && composition.state !== 'ACTIVE') return;
  composition.state = 'STOPPING';
  moveDestinations(composition, (destination) => ({ ...destination, state: 'STOPPING' }));
  world.after(STOPS_IN, finishStop, composition.arn);
}

function stopByArn(world: World, arn: string): void {
  const composition = world.compositions.get(arn);
  if (composition) stop(world, composition);
}

function finishStop(world: World, arn: string): void {
  const composition = world.compositions.get(arn);
  if (composition?.state !== 'STOPPING') return;
  endDestinations(world, composition);
  conclude(world, composition, 'STOPPED');
  emitSession(world, composition, 'End');
}

function endDestinations(world: World, composition: Composition): void {
  moveDestinations(composition, (destination) => {
    const ended = end(world, destination, 'STOPPED');
    emitDestination(world, composition, destination.id, 'End');
    return ended;
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

function fail(world: World, composition: Composition, error: SessionError): void {
  conclude(world, composition, 'FAILED');
  emitSessionFailure(world, composition, error);
}

/** The compositions of a stage that is deleted end with it. */
export function failWithStage(world: World, { arn }: Stage): void {
  for (const composition of world.compositions.values()) {
    if (composition.stageArn !== arn || isOver(composition)) continue;
    endDestinations(world, composition);
    fail(world, composition, 'StageDeleted');
  }
}

function conclude(world: World, composition: Composition, state: 'STOPPED' | 'FAILED'): void {
  composition.state = state;
  composition.endTime = world.now();
  world.after(LIFETIME_AFTER_END, remove, composition.arn);
}

const remove = (world: World, arn: string): void => void world.compositions.delete(arn);

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
  if (composition.destinations.every(isOver)) fail(world, composition, 'DestinationFailure');
}

export function failDestination(
  world: World,
  composition: Composition,
  destinationId: string,
  error: OutputError = 'InternalServerException',
): void {
  const failing = requireDestination(composition, destinationId);
  if (isOver(failing)) throw new Refused(`${destinationId} is ${failing.state} already`);
  moveDestinations(composition, (destination) =>
    destination === failing ? end(world, destination, 'FAILED') : destination,
  );
  emitDestinationFailure(world, composition, destinationId, error);
  failIfAlone(world, composition);
}

/** A destination loses its connection and looks for another one. */
export function loseDestination(world: World, composition: Composition, destinationId: string): void {
  changeDestination(composition, destinationId, 'ACTIVE', 'RECONNECTING');
  emitDestination(world, composition, destinationId, 'Reconnecting');
}

export function recoverDestination(world: World, composition: Composition, destinationId: string): void {
  changeDestination(composition, destinationId, 'RECONNECTING', 'ACTIVE');
  emitDestination(world, composition, destinationId, 'Start');
}

function changeDestination(
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
  world.cancel(composition.silence);
  composition.silence = arePublishers
    ? undefined
    : world.after(STOPS_WITHOUT_PUBLISHER_AFTER, stopByArn, composition.arn);
}
