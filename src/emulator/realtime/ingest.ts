// What encoders do by themselves, for which AWS has no operation: they send with a stream key, and stop.
import { Refused } from '../errors.ts';
import type { IngestConfiguration, Stage, World } from '../world/world.ts';
import { credentialsOf } from './ingest-configuration.ts';
import { fail, join, leave, publish } from './presence.ts';
import { activeSession } from './stage-session.ts';

/** An ingest configuration by its ARN or by a stream key, with the participant that sends. */
export function findIngest(world: World, arn: string, streamKey: string) {
  for (const configuration of world.ingestConfigurations.values()) {
    if (configuration.arn === arn) return { configuration, participantId: configuration.participantId };
    const credential = credentialsOf(configuration).find((one) => one.streamKey === streamKey);
    if (credential) return { configuration, participantId: credential.participantId };
  }
  return undefined;
}

/** Its participant joins the stage and publishes. */
export function startIngest(
  world: World,
  configuration: IngestConfiguration,
  participantId = configuration.participantId,
) {
  const { arn, userId, attributes, redundantIngest = false, ingestProtocol: protocol } = configuration;
  const stage = stageOf(world, configuration);
  if (isConnected(stage, participantId)) {
    fail(world, stage, participantId, 'REUSE_OF_STREAM_KEY', 'PUBLISH_ERROR');
    throw new Refused(`${participantId} is being sent already`);
  }
  const joined = join(
    world,
    stage,
    { participantId, userId, attributes, capabilities: ['PUBLISH'] },
    { ingestConfigurationArn: arn, redundantIngest, protocol },
  );
  publish(world, stage, participantId);
  // An encoder that is not taken is turned away
  if (!activeSession(stage)?.publishers.has(participantId)) leave(world, stage, participantId);
  return joined;
}

export function stopIngest(
  world: World,
  configuration: IngestConfiguration,
  participantId = configuration.participantId,
): void {
  leave(world, stageOf(world, configuration), participantId);
}

function stageOf(world: World, { arn, stageArn }: IngestConfiguration): Stage {
  const stage = world.stages.get(stageArn);
  if (!stage) throw new Refused(`${arn} belongs to no stage`);
  return stage;
}

const isConnected = (stage: Stage, participantId: string) =>
  activeSession(stage)?.participants.get(participantId)?.state === 'CONNECTED';
