// How a composition arranges the participants in its picture; part of a Composition.
import type {
  VideoAspectRatio as AspectRatio,
  GridConfiguration as AwsGrid,
  LayoutConfiguration as AwsLayout,
  PipConfiguration as AwsPip,
  PipBehavior as Behavior,
  VideoFillMode as FillMode,
  PipPosition as Position,
} from '@aws-sdk/client-ivs-realtime';
import { builder, type SchemaTypes } from '../language/builder.ts';
import { enumeration } from '../language/enumeration.ts';

const VideoAspectRatio = enumeration<AspectRatio>('VideoAspectRatio', 'The shape of a participant’s tile.', {
  AUTO: 'That of the participant’s own video.',
  VIDEO: '16:9.',
  SQUARE: '1:1.',
  PORTRAIT: '3:4.',
});

const VideoFillMode = enumeration<FillMode>('VideoFillMode', 'How a video is fitted into its tile.', {
  FILL: 'Stretched to the shape of the tile.',
  COVER: 'Cropped to the shape of the tile.',
  CONTAIN: 'Shown whole, with bars around it.',
});

const PipBehavior = enumeration<Behavior>(
  'PipBehavior',
  'What the inner window does when the others have left.',
  {
    STATIC: 'Stays as it is.',
    DYNAMIC: 'Grows to the whole picture.',
  },
);

const PipPosition = enumeration<Position>('PipPosition', 'The corner that the inner window is in.', {
  TOP_LEFT: 'Top left.',
  TOP_RIGHT: 'Top right.',
  BOTTOM_LEFT: 'Bottom left.',
  BOTTOM_RIGHT: 'Bottom right.',
});

const featured = 'Name of the attribute whose value `true` puts a participant into the featured place';
const order =
  'Name of the attribute that participants are ordered by; in the order of their arrival when there is none.';
const inner = 'Name of the attribute whose value `true` puts a participant into the inner window';

const GridConfiguration = builder.objectRef<AwsGrid>('GridConfiguration').implement({
  description: 'Participants side by side.',
  fields: (t) => ({
    featuredParticipantAttribute: t.exposeString('featuredParticipantAttribute', {
      description: `${featured}; null when nobody is featured.`,
    }),
    omitStoppedVideo: t.exposeBoolean('omitStoppedVideo', {
      description: 'Whether participants whose video is stopped are left out.',
    }),
    videoAspectRatio: t.expose('videoAspectRatio', {
      type: VideoAspectRatio,
      description: 'The shape of the tiles that are not featured.',
    }),
    videoFillMode: t.expose('videoFillMode', {
      type: VideoFillMode,
      description:
        'How videos fit into their tiles; null: CONTAIN for the featured one, COVER for the others.',
    }),
    gridGap: t.exposeInt('gridGap', { description: 'Pixels between two tiles.' }),
    participantOrderAttribute: t.exposeString('participantOrderAttribute', { description: order }),
  }),
});

const PipConfiguration = builder.objectRef<AwsPip>('PipConfiguration').implement({
  description: 'Picture in picture: one participant in a small window over the others.',
  fields: (t) => ({
    featuredParticipantAttribute: t.exposeString('featuredParticipantAttribute', {
      description: `${featured}; null when nobody is featured.`,
    }),
    omitStoppedVideo: t.exposeBoolean('omitStoppedVideo', {
      description: 'Whether participants whose video is stopped are left out.',
    }),
    videoFillMode: t.expose('videoFillMode', {
      type: VideoFillMode,
      description: 'How videos fit into their tiles.',
    }),
    gridGap: t.exposeInt('gridGap', { description: 'Pixels between two tiles.' }),
    pipParticipantAttribute: t.exposeString('pipParticipantAttribute', {
      description: `${inner}; null when nobody is there.`,
    }),
    pipBehavior: t.expose('pipBehavior', {
      type: PipBehavior,
      description: 'What the inner window does when the others have left.',
    }),
    pipOffset: t.exposeInt('pipOffset', {
      description: 'Pixels between the inner window and the edges of its corner.',
    }),
    pipPosition: t.expose('pipPosition', {
      type: PipPosition,
      description: 'The corner that the inner window is in.',
    }),
    pipWidth: t.exposeInt('pipWidth', {
      description: 'Width of the inner window in pixels; null when it follows the picture and the video.',
    }),
    pipHeight: t.exposeInt('pipHeight', {
      description: 'Height of the inner window in pixels; null when it follows the picture and the video.',
    }),
    participantOrderAttribute: t.exposeString('participantOrderAttribute', { description: order }),
  }),
});

export const LayoutConfiguration = builder.objectRef<AwsLayout>('LayoutConfiguration').implement({
  description: 'How a composition arranges the participants: in a grid or as picture in picture.',
  fields: (t) => ({
    grid: t.expose('grid', {
      type: GridConfiguration,
      description: 'Side by side; null when it is picture in picture.',
    }),
    pip: t.expose('pip', {
      type: PipConfiguration,
      description: 'Picture in picture; null when it is a grid.',
    }),
  }),
});

/** What both layouts can be told. */
const commonFields = (t: PothosSchemaTypes.InputFieldBuilder<SchemaTypes, 'InputObject'>) => ({
  featuredParticipantAttribute: t.string({ description: `${featured}. AWS’s default: nobody is featured.` }),
  omitStoppedVideo: t.boolean({
    description: 'Whether to leave out participants whose video is stopped. AWS’s default: false.',
  }),
  participantOrderAttribute: t.string({ description: order }),
});

const GridConfigurationInput = builder.inputType('GridConfigurationInput', {
  description: 'Participants side by side.',
  fields: (t) => ({
    ...commonFields(t),
    videoAspectRatio: t.field({
      type: VideoAspectRatio,
      description: 'The shape of the tiles that are not featured. AWS’s default: VIDEO.',
    }),
    videoFillMode: t.field({
      type: VideoFillMode,
      description:
        'How to fit videos into their tiles. AWS’s default: CONTAIN for the featured one, COVER for the others.',
    }),
    gridGap: t.int({ description: 'Pixels between two tiles, 0 or more. AWS’s default: 2.' }),
  }),
});

const PipConfigurationInput = builder.inputType('PipConfigurationInput', {
  description: 'Picture in picture: one participant in a small window over the others.',
  fields: (t) => ({
    ...commonFields(t),
    videoFillMode: t.field({
      type: VideoFillMode,
      description: 'How to fit videos into their tiles. AWS’s default: COVER.',
    }),
    gridGap: t.int({ description: 'Pixels between two tiles, 0 or more. AWS’s default: 0.' }),
    pipParticipantAttribute: t.string({ description: `${inner}. AWS’s default: nobody is there.` }),
    pipBehavior: t.field({
      type: PipBehavior,
      description: 'What the inner window shall do when the others have left. AWS’s default: STATIC.',
    }),
    pipOffset: t.int({
      description: 'Pixels between the inner window and the edges of its corner. AWS’s default: 0.',
    }),
    pipPosition: t.field({
      type: PipPosition,
      description: 'The corner for the inner window. AWS’s default: BOTTOM_RIGHT.',
    }),
    pipWidth: t.int({
      description: 'Width of the inner window in pixels. AWS’s default follows the picture and the video.',
    }),
    pipHeight: t.int({
      description: 'Height of the inner window in pixels. AWS’s default follows the picture and the video.',
    }),
  }),
});

export const LayoutConfigurationInput = builder.inputType('LayoutConfigurationInput', {
  description: 'How to arrange the participants. One of the two.',
  fields: (t) => ({
    grid: t.field({ type: GridConfigurationInput, description: 'Side by side: what AWS does by default.' }),
    pip: t.field({ type: PipConfigurationInput, description: 'Picture in picture.' }),
  }),
});
