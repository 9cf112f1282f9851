// The three tag operations, which both services share: the ARN says which Map the resource is in.
import { resourceNotFound, validationFailed } from '../errors.ts';
import { parseArn, type ResourceKind } from '../model/identifiers.ts';
import type { Operations } from '../model/operation.ts';
import type { Resource, World } from '../world/world.ts';

const TAGS_PER_RESOURCE = 50;
const RESERVED = /^aws:/i;

const collections = (world: World): Record<ResourceKind, { get(arn: string): Resource | undefined }> => ({
  stage: world.stages,
  'ingest-configuration': world.ingestConfigurations,
  'public-key': world.publicKeys,
  channel: world.channels,
  'stream-key': world.streamKeys,
  'recording-configuration': world.recordingConfigurations,
  'playback-restriction-policy': world.playbackRestrictionPolicies,
  'playback-key': world.playbackKeyPairs,
  'ad-configuration': world.adConfigurations,
  composition: world.compositions,
  'encoder-configuration': world.encoderConfigurations,
  'storage-configuration': world.storageConfigurations,
});

function requireResource(world: World, resourceArn: string): Resource {
  const arn = parseArn(resourceArn);
  if (!arn) throw validationFailed(`resourceArn: ${resourceArn} names no kind of IVS resource`);
  const resource = collections(world)[arn.kind].get(resourceArn);
  if (!resource) throw resourceNotFound(resourceArn);
  return resource;
}

export const tagOperations = {
  ListTagsForResource({ resourceArn }, world) {
    return { tags: requireResource(world, resourceArn).tags };
  },

  TagResource({ resourceArn, tags }, world) {
    const resource = requireResource(world, resourceArn);
    const reserved = Object.keys(tags).find((key) => RESERVED.test(key));
    if (reserved) throw validationFailed(`tags: ${reserved} begins with aws:, which is reserved`);
    const merged = { ...resource.tags, ...tags };
    if (Object.keys(merged).length > TAGS_PER_RESOURCE) {
      throw validationFailed(`tags: a resource may have at most ${TAGS_PER_RESOURCE}`);
    }
    resource.tags = merged;
    return {};
  },

  UntagResource({ resourceArn, tagKeys }, world) {
    const resource = requireResource(world, resourceArn);
    resource.tags = Object.fromEntries(
      Object.entries(resource.tags).filter(([key]) => !tagKeys.includes(key)),
    );
    return {};
  },
} satisfies Partial<Operations>;
