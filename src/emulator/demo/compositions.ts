// What the demo world composes: a meeting that is broadcast and recorded, an interview, a match whose recording failed.
import type { LayoutConfiguration } from '@aws-sdk/client-ivs-realtime';
import { addChannel } from '../low-latency/channel.ts';
import { addStreamKey } from '../low-latency/stream-key.ts';
import type { ResourceKind } from '../model/identifiers.ts';
import type { Valid } from '../model/operation.ts';
import { failDestination } from '../realtime/compositing.ts';
import { startComposition } from '../realtime/composition.ts';
import { addEncoderConfiguration } from '../realtime/encoder-configuration.ts';
import { addStorageConfiguration } from '../realtime/storage-configuration.ts';
import type { World } from '../world/world.ts';
import { readableId } from './people.ts';

const MINUTE = 60_000;
const tags = { environment: 'production' };

interface CompositionPlan {
  /** Of the active session. */
  stage: string;
  layout?: Valid<LayoutConfiguration>;
  encoder: string;
  storage: string;
  /** A channel of its own, which it brings on air. */
  channel?: string;
  recordingFails?: boolean;
}

const compositions: CompositionPlan[] = [
  {
    stage: 'town-hall',
    layout: { grid: { featuredParticipantAttribute: 'host', gridGap: 8, videoFillMode: 'COVER' } },
    encoder: 'full-hd',
    storage: 'recordings',
    channel: 'town-hall-live',
  },
  {
    stage: 'podcast-studio',
    layout: { pip: { pipParticipantAttribute: 'guest', pipPosition: 'TOP_RIGHT', pipOffset: 16 } },
    encoder: 'portrait',
    storage: 'archive',
  },
  { stage: 'chess-final', encoder: 'hd', storage: 'archive', channel: 'chess-live', recordingFails: true },
];

const arnOf = (world: World, kind: ResourceKind, name: string) => world.newArn(kind, readableId(name, 12));

/** Where recordings go and how pictures are encoded. */
export function seedConfigurations(world: World): void {
  for (const name of ['recordings', 'archive']) {
    const arn = arnOf(world, 'storage-configuration', name);
    addStorageConfiguration(world, { arn, name, s3: { bucketName: `ivs-${name}-${world.region}` } });
  }
  const encoders = { 'full-hd': [1920, 1080], hd: [1280, 720], portrait: [720, 1280] };
  for (const [name, [width, height]] of Object.entries(encoders)) {
    const arn = arnOf(world, 'encoder-configuration', name);
    addEncoderConfiguration(world, { arn, name, video: { width, height }, tags });
  }
}

export function seedCompositions(world: World): void {
  const now = world.now().getTime();
  for (const plan of compositions) {
    const arn = arnOf(world, 'composition', plan.stage);
    world.asOf(new Date(now - 40 * MINUTE), () => seedComposition(world, arn, plan));
    if (plan.recordingFails) world.asOf(new Date(now - 10 * MINUTE), () => failRecording(world, arn));
  }
}

function failRecording(world: World, arn: string): void {
  const composition = world.compositions.get(arn);
  const recording = composition?.destinations.find(({ configuration }) => configuration?.s3);
  if (composition && recording) failDestination(world, composition, recording.id);
}

function seedComposition(world: World, arn: string, plan: CompositionPlan): void {
  const { stage, layout, encoder, storage, channel } = plan;
  const encoderConfigurationArn = arnOf(world, 'encoder-configuration', encoder);
  const storageConfigurationArn = arnOf(world, 'storage-configuration', storage);
  const s3 = { storageConfigurationArn, encoderConfigurationArns: [encoderConfigurationArn] };
  const channelArn = channel && arnOf(world, 'channel', channel);
  if (channelArn) {
    addChannel(world, { arn: channelArn, name: channel, tags });
    addStreamKey(world, { channelArn, arn: arnOf(world, 'stream-key', channel) });
  }
  const destinations = [
    { name: 'recording', s3 },
    ...(channelArn ? [{ name: 'broadcast', channel: { channelArn, encoderConfigurationArn } }] : []),
  ];
  const request = { stageArn: arnOf(world, 'stage', stage), layout, destinations, tags };
  const ids = destinations.map(({ name }) => ({
    id: readableId(`${name}-${stage}`, 12),
    streamId: `st-${readableId(channel ?? stage, 23)}`,
  }));
  startComposition(world, request, { arn, destinations: ids });
}
