// Compositions with their destinations, and what is recorded.
import { ivsRealtime } from '../model/aws-model.ts';
import type {
  Composition,
  CompositionDestination,
  Participant,
  StageSession,
  World,
} from '../world/world.ts';
import { namedLike, type Wanted } from './lists.ts';

export function showCompositions(world: World, wanted: Wanted): object {
  const compositions = [...world.compositions.values()].reverse();
  const nameOf = ({ stageArn }: Composition) => world.stages.get(stageArn)?.name ?? '';
  return {
    compositions: namedLike(compositions, wanted, (one) => compositionOf(world, one), nameOf),
    recordingConfigurations: namedLike(
      world.recordingConfigurations.values(),
      wanted,
      ({ arn, name, state, destinationConfiguration }) => ({
        arn,
        name,
        state,
        bucket: destinationConfiguration?.s3?.bucketName,
      }),
    ),
    recorded: recordedIn(world),
  };
}

const compositionOf = (world: World, composition: Composition) => {
  const { arn, stageArn, state, startTime, endTime, destinations } = composition;
  const stageName = world.stages.get(stageArn)?.name;
  return {
    arn,
    stageArn,
    stageName,
    state,
    startTime,
    endTime,
    destinations: destinations.map(destinationOf),
  };
};

const destinationOf = ({ id, state, startTime, endTime, configuration }: CompositionDestination) => ({
  id,
  state,
  startTime,
  endTime,
  name: configuration?.name,
  target: configuration?.channel?.channelArn ?? configuration?.s3?.storageConfigurationArn,
});

const AT_MOST = 100;

const states = Object.values(ivsRealtime.ParticipantRecordingState).filter((state) => state !== 'DISABLED');

function* everRecorded(session: StageSession | undefined): Generator<Participant> {
  for (const state of states) yield* session?.participants.with('recordingState', state).after() ?? [];
}

/** Participants of live stages with a recording of their own. */
function recordedIn(world: World) {
  const recorded = [];
  for (const { arn, name, activeSessionId, sessions } of world.stages.values())
    for (const participant of everRecorded(sessions.get(activeSessionId))) {
      const { participantId, userId, recordingState, recordingS3Prefix: prefix } = participant;
      recorded.push({ stageArn: arn, stageName: name, participantId, userId, recordingState, prefix });
      if (recorded.length === AT_MOST) return recorded;
    }
  return recorded;
}
