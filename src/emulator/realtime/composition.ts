import { isDeepStrictEqual } from 'node:util';
import type { StartCompositionRequest } from '@aws-sdk/client-ivs-realtime';
import { conflict, quotaExceeded, resourceNotFound } from '../errors.ts';
import type { Operations, Valid } from '../model/operation.ts';
import { paginate, where } from '../persistent/paging.ts';
import type { Composition, World } from '../world/world.ts';
import { run, stop } from './compositing.ts';
import { checkDestinations, isOver, newDestination, uses } from './composition-destination.ts';
import { layoutOf } from './layout-configuration.ts';
import { requireStage } from './stage.ts';
import { hasPublishers } from './stage-session.ts';

// https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html
const COMPOSITIONS_PER_REGION = 20;
const COMPOSITIONS_PER_STAGE = 5;

function requireComposition(world: World, arn: string): Composition {
  const composition = world.compositions.get(arn);
  if (!composition) throw resourceNotFound(arn);
  return composition;
}

/** The composition that an earlier request with the same token started. */
function startedBefore(world: World, request: Valid<StartCompositionRequest>): Composition | undefined {
  const { idempotencyToken } = request;
  if (idempotencyToken === undefined) return undefined;
  const composition = world.compositions.find((one) => one.request.idempotencyToken === idempotencyToken);
  if (composition && !isDeepStrictEqual(composition.request, request)) {
    throw conflict(`idempotencyToken: ${idempotencyToken} was used with other input`);
  }
  return composition;
}

function checkQuotas(world: World, stageArn: string): void {
  const running = [...world.compositions.values()].filter((composition) => !isOver(composition));
  if (running.length >= COMPOSITIONS_PER_REGION) {
    throw quotaExceeded(`At most ${COMPOSITIONS_PER_REGION} compositions may run in a region`);
  }
  if (running.filter((composition) => composition.stageArn === stageArn).length >= COMPOSITIONS_PER_STAGE) {
    throw quotaExceeded(`At most ${COMPOSITIONS_PER_STAGE} compositions may run on a stage`);
  }
}

interface Ids {
  arn?: string;
  destinations?: readonly { id: string; streamId: string }[];
}

export function startComposition(
  world: World,
  request: Valid<StartCompositionRequest>,
  { arn = world.newArn('composition'), destinations: ids = [] }: Ids = {},
): Composition {
  const { stageArn, destinations, layout, tags = {} } = request;
  const stage = requireStage(world, stageArn);
  checkDestinations(world, destinations);
  checkQuotas(world, stageArn);
  const composition: Composition = {
    arn,
    stageArn,
    state: 'STARTING',
    layout: layoutOf(layout),
    destinations: destinations.map((configuration, index) =>
      newDestination(world, configuration, { stageArn, compositionArn: arn, ...ids[index] }),
    ),
    tags,
    startTime: world.now(),
    request,
    order: world.nextOrder(),
  };
  world.compositions.set(arn, composition);
  run(world, composition, hasPublishers(stage));
  return composition;
}

export const compositionOperations = {
  StartComposition(request, world) {
    return { composition: startedBefore(world, request) ?? startComposition(world, request) };
  },

  // One that was stopped already stays so: AWS does not say whether it minds.
  StopComposition({ arn }, world) {
    stop(world, requireComposition(world, arn));
    return {};
  },

  GetComposition({ arn }, world) {
    return { composition: requireComposition(world, arn) };
  },

  ListCompositions(input, world) {
    const { filterByStageArn: stageArn, filterByEncoderConfigurationArn: encoderArn } = input;
    const compositions = where(
      world.compositions,
      (composition) =>
        (stageArn === undefined || composition.stageArn === stageArn) &&
        (encoderArn === undefined || uses(composition, encoderArn)),
    );
    const page = paginate(compositions, input, { operation: 'ListCompositions', world, size: 100 });
    return { compositions: page.items, nextToken: page.nextToken };
  },
} satisfies Partial<Operations>;
