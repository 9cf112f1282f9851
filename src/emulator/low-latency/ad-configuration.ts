import { conflict, quotaExceeded, resourceNotFound } from '../errors.ts';
import { newAdBreakId } from '../model/identifiers.ts';
import type { Operations } from '../model/operation.ts';
import { paginate } from '../persistent/paging.ts';
import type { AdConfiguration, World } from '../world/world.ts';
import { requireBroadcast } from './stream.ts';
import { noteAdBreak } from './stream-event.ts';

const AD_CONFIGURATIONS_PER_REGION = 20; // https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html

/** The ad configuration of an ARN; ResourceNotFoundException where there is none. */
function requireAdConfiguration(world: World, arn: string): AdConfiguration {
  const adConfiguration = world.adConfigurations.get(arn);
  if (!adConfiguration) throw resourceNotFound(arn);
  return adConfiguration;
}

export type NewAdConfiguration = Pick<AdConfiguration, 'mediaTailorPlaybackConfigurations'> &
  Partial<Omit<AdConfiguration, 'order'>>;

export function addAdConfiguration(world: World, input: NewAdConfiguration): AdConfiguration {
  const {
    arn = world.newArn('ad-configuration'),
    name = '',
    mediaTailorPlaybackConfigurations,
    postRollConfiguration = { enabled: false, durationSeconds: 15 },
    tags = {},
  } = input;
  const adConfiguration = {
    arn,
    name,
    mediaTailorPlaybackConfigurations,
    postRollConfiguration,
    tags,
    order: world.nextOrder(),
  };
  world.adConfigurations.set(arn, adConfiguration);
  return adConfiguration;
}

export const adConfigurationOperations = {
  CreateAdConfiguration(input, world) {
    if (world.adConfigurations.size >= AD_CONFIGURATIONS_PER_REGION) {
      throw quotaExceeded(`A region may have at most ${AD_CONFIGURATIONS_PER_REGION} ad configurations`);
    }
    return { adConfiguration: addAdConfiguration(world, input) };
  },

  GetAdConfiguration({ arn }, world) {
    return { adConfiguration: requireAdConfiguration(world, arn) };
  },

  ListAdConfigurations(input, world) {
    const page = paginate(world.adConfigurations, input, {
      operation: 'ListAdConfigurations',
      world,
      size: AD_CONFIGURATIONS_PER_REGION,
    });
    return { adConfigurations: page.items, nextToken: page.nextToken };
  },

  UpdateAdConfiguration({ arn, name, mediaTailorPlaybackConfigurations, postRollConfiguration }, world) {
    const adConfiguration = requireAdConfiguration(world, arn);
    if (name !== undefined) adConfiguration.name = name;
    if (mediaTailorPlaybackConfigurations) {
      adConfiguration.mediaTailorPlaybackConfigurations = mediaTailorPlaybackConfigurations;
    }
    if (postRollConfiguration) adConfiguration.postRollConfiguration = postRollConfiguration;
    return { adConfiguration };
  },

  DeleteAdConfiguration({ arn }, world) {
    requireAdConfiguration(world, arn);
    const user = world.channels.find(({ adConfigurationArn }) => adConfigurationArn === arn);
    if (user) throw conflict(`${arn} is in use by ${user.arn}`);
    world.adConfigurations.delete(arn);
    return {};
  },

  InsertAdBreak({ channelArn, durationSeconds }, world) {
    const { channel, session } = requireBroadcast(world, channelArn);
    if (!channel.adConfigurationArn) throw conflict(`${channelArn} has no ad configuration`);
    if (session.adBreakEnd && session.adBreakEnd > world.now())
      throw conflict(`${channelArn} has an ad break until ${session.adBreakEnd.toISOString()}`);
    session.adBreakEnd = new Date(world.now().getTime() + durationSeconds * 1000);
    const adBreakId = newAdBreakId(world);
    noteAdBreak(world, session, { adBreakId, durationSeconds });
    return { adBreakId };
  },
} satisfies Partial<Operations>;
