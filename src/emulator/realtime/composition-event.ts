// What EventBridge hears of compositions. https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/eventbridge.html
import { detailTypes } from '../events/event.ts';
import type { Composition, World } from '../world/world.ts';
import { type OutputError, outputErrors } from './output-error.ts';

const sessionErrors = {
  StageDeleted: 'Stage has been deleted',
  DestinationFailure: 'One or more outputs failed',
} as const;
export type SessionError = keyof typeof sessionErrors;

function emit(world: World, { arn, stageArn }: Composition, name: string, more: object = {}): void {
  const detail = { event_name: name, stage_arn: stageArn, ...more };
  world.emit({ type: detailTypes.composition, resources: [arn], detail });
}

export const emitSession = (world: World, composition: Composition, what: 'Start' | 'End') =>
  emit(world, composition, `Session ${what}`);

export const emitSessionFailure = (world: World, composition: Composition, error: SessionError) =>
  emit(world, composition, 'Session Failure', { error_code: error, reason: sessionErrors[error] });

export const emitDestination = (
  world: World,
  composition: Composition,
  id: string,
  what: 'Start' | 'End' | 'Reconnecting',
) => emit(world, composition, `Destination ${what}`, { id });

export const emitDestinationFailure = (
  world: World,
  composition: Composition,
  id: string,
  error: OutputError,
) => emit(world, composition, 'Destination Failure', { id, error_code: error, reason: outputErrors[error] });
