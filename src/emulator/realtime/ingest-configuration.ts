import type {
  CreateIngestConfigurationRequest,
  IngestConfigurationState,
  RedundantIngestCredential,
} from '@aws-sdk/client-ivs-realtime';
import { conflict, quotaExceeded, resourceNotFound, validationFailed } from '../errors.ts';
import { newParticipantId, parseArn } from '../model/identifiers.ts';
import type { Operations, Valid } from '../model/operation.ts';
import { paginate, sorted } from '../persistent/paging.ts';
import { secretOf } from '../world/ids.ts';
import type { IngestConfiguration, Participant, World } from '../world/world.ts';
import { checkAttributes } from './participant-token.ts';
import { leave } from './presence.ts';
import { publishers } from './stage-session.ts';

const PER_REGION = 100; // https://docs.aws.amazon.com/ivs/latest/RealTimeUserGuide/service-quotas.html

function requireIngestConfiguration(world: World, arn: string): IngestConfiguration {
  const configuration = world.ingestConfigurations.get(arn);
  if (!configuration) throw resourceNotFound(arn);
  return configuration;
}

/** The same key each time, in the form of IVS. */
function streamKeyOf(world: World, arn: string, which: string): string {
  return `rt_${world.accountId}_${world.region}_${parseArn(arn)?.id}_${secretOf(`${which} ${arn}`, 30)}`;
}

/** What a second encoder sends with, so that the picture stays when the first one fails. */
const redundancyOf = (world: World, arn: string, participantId = newParticipantId(world)) => ({
  redundantIngest: true,
  redundantIngestCredentials: [{ participantId, streamKey: streamKeyOf(world, arn, 'redundant') }],
});
const noRedundancy = { redundantIngest: false, redundantIngestCredentials: undefined };

export interface NewIngestConfiguration extends Valid<CreateIngestConfigurationRequest> {
  arn?: string;
  participantId?: string;
  /** Of the second encoder. */
  redundantParticipantId?: string;
}

export function addIngestConfiguration(world: World, input: NewIngestConfiguration): IngestConfiguration {
  const { arn = world.newArn('ingest-configuration'), participantId = newParticipantId(world) } = input;
  const { name = '', stageArn = '', userId = '', attributes = {}, tags = {}, ingestProtocol } = input;
  const configuration: IngestConfiguration = {
    arn,
    name,
    ingestProtocol,
    streamKey: streamKeyOf(world, arn, 'primary'),
    stageArn,
    participantId,
    userId,
    ...(input.redundantIngest ? redundancyOf(world, arn, input.redundantParticipantId) : noRedundancy),
    attributes,
    tags,
    order: world.nextOrder(),
  };
  world.ingestConfigurations.set(arn, configuration);
  return configuration;
}

/** Every participant as which it can be published, with the key for it. */
export const credentialsOf = ({
  participantId,
  streamKey,
  redundantIngestCredentials = [],
}: IngestConfiguration): RedundantIngestCredential[] => [
  { participantId, streamKey },
  ...redundantIngestCredentials,
];

function publishersOf(world: World, { arn, stageArn }: IngestConfiguration): Participant[] {
  const stage = world.stages.get(stageArn);
  return stage
    ? publishers(stage).filter(({ ingestConfigurationArn }) => ingestConfigurationArn === arn)
    : [];
}

const stateOf = (world: World, configuration: IngestConfiguration): IngestConfigurationState =>
  publishersOf(world, configuration).length > 0 ? 'ACTIVE' : 'INACTIVE';

const shown = (world: World, configuration: IngestConfiguration) => ({
  ...configuration,
  state: stateOf(world, configuration),
});

/** Takes ingest configurations off their stage: their stream keys are of no use then. */
export function detach(world: World, which: (configuration: IngestConfiguration) => boolean): void {
  for (const configuration of world.ingestConfigurations.values()) {
    if (which(configuration)) configuration.stageArn = '';
  }
}

export const ingestConfigurationOperations = {
  CreateIngestConfiguration(input, world) {
    if (input.ingestProtocol === 'RTMP' && !input.insecureIngest)
      throw validationFailed('insecureIngest: must be true for the ingestProtocol RTMP');
    checkAttributes(input.attributes);
    // Declares no ResourceNotFoundException
    if (input.stageArn && !world.stages.has(input.stageArn))
      throw validationFailed(`stageArn: ${input.stageArn} does not exist`);
    if (world.ingestConfigurations.size >= PER_REGION)
      throw quotaExceeded(`A region may have at most ${PER_REGION} ingest configurations`);
    return { ingestConfiguration: shown(world, addIngestConfiguration(world, input)) };
  },

  GetIngestConfiguration({ arn }, world) {
    return { ingestConfiguration: shown(world, requireIngestConfiguration(world, arn)) };
  },

  ListIngestConfigurations(input, world) {
    const { filterByStageArn, filterByState } = input;
    const configurations = [...world.ingestConfigurations.values()]
      .map((configuration) => shown(world, configuration))
      .filter(({ stageArn }) => filterByStageArn === undefined || stageArn === filterByStageArn)
      .filter(({ state }) => filterByState === undefined || state === filterByState);
    const page = paginate(sorted(configurations), input, {
      operation: 'ListIngestConfigurations',
      world,
      size: 50,
    });
    return { ingestConfigurations: page.items, nextToken: page.nextToken };
  },

  UpdateIngestConfiguration({ arn, stageArn, redundantIngest }, world) {
    const configuration = requireIngestConfiguration(world, arn);
    if (stageArn && !world.stages.has(stageArn)) throw resourceNotFound(stageArn);
    if (stateOf(world, configuration) === 'ACTIVE') throw conflict(`${arn} is being published with`);
    if (stageArn !== undefined) configuration.stageArn = stageArn;
    if (redundantIngest !== undefined && redundantIngest !== configuration.redundantIngest)
      Object.assign(configuration, redundantIngest ? redundancyOf(world, arn) : noRedundancy);
    return { ingestConfiguration: shown(world, configuration) };
  },

  DeleteIngestConfiguration({ arn, force = false }, world) {
    const configuration = requireIngestConfiguration(world, arn);
    const publishers = publishersOf(world, configuration);
    if (publishers.length > 0 && !force) throw conflict(`${arn} is being published with`);
    const stage = world.stages.get(configuration.stageArn);
    for (const { participantId } of publishers) if (stage) leave(world, stage, participantId);
    world.ingestConfigurations.delete(arn);
    return {};
  },
} satisfies Partial<Operations>;
