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
import { awsInput, awsObject } from '../language/aws-types.ts';
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

const GridConfiguration = awsObject<AwsGrid>('GridConfiguration', 'Participants side by side.', {
  featuredParticipantAttribute: ['String', `${featured}; null when nobody is featured.`],
  omitStoppedVideo: ['Boolean', 'Whether participants whose video is stopped are left out.'],
  videoAspectRatio: [VideoAspectRatio, 'The shape of the tiles that are not featured.'],
  videoFillMode: [
    VideoFillMode,
    'How videos fit into their tiles; null: CONTAIN for the featured one, COVER for the others.',
  ],
  gridGap: ['Int', 'Pixels between two tiles.'],
  participantOrderAttribute: ['String', order],
});

const PipConfiguration = awsObject<AwsPip>(
  'PipConfiguration',
  'Picture in picture: one participant in a small window over the others.',
  {
    featuredParticipantAttribute: ['String', `${featured}; null when nobody is featured.`],
    omitStoppedVideo: ['Boolean', 'Whether participants whose video is stopped are left out.'],
    videoFillMode: [VideoFillMode, 'How videos fit into their tiles.'],
    gridGap: ['Int', 'Pixels between two tiles.'],
    pipParticipantAttribute: ['String', `${inner}; null when nobody is there.`],
    pipBehavior: [PipBehavior, 'What the inner window does when the others have left.'],
    pipOffset: ['Int', 'Pixels between the inner window and the edges of its corner.'],
    pipPosition: [PipPosition, 'The corner that the inner window is in.'],
    pipWidth: ['Int', 'Width of the inner window in pixels; null when it follows the picture and the video.'],
    pipHeight: [
      'Int',
      'Height of the inner window in pixels; null when it follows the picture and the video.',
    ],
    participantOrderAttribute: ['String', order],
  },
);

export const LayoutConfiguration = awsObject<AwsLayout>(
  'LayoutConfiguration',
  'How a composition arranges the participants: in a grid or as picture in picture.',
  {
    grid: [GridConfiguration, 'Side by side; null when it is picture in picture.'],
    pip: [PipConfiguration, 'Picture in picture; null when it is a grid.'],
  },
);

/** What both layouts can be told. */
const common = {
  featuredParticipantAttribute: ['String', `${featured}. AWS’s default: nobody is featured.`],
  omitStoppedVideo: [
    'Boolean',
    'Whether to leave out participants whose video is stopped. AWS’s default: false.',
  ],
  participantOrderAttribute: ['String', order],
} as const;

const GridConfigurationInput = awsInput<AwsGrid>('GridConfigurationInput', 'Participants side by side.', {
  ...common,
  videoAspectRatio: [VideoAspectRatio, 'The shape of the tiles that are not featured. AWS’s default: VIDEO.'],
  videoFillMode: [
    VideoFillMode,
    'How to fit videos into their tiles. AWS’s default: CONTAIN for the featured one, COVER for the others.',
  ],
  gridGap: ['Int', 'Pixels between two tiles, 0 or more. AWS’s default: 2.'],
});

const PipConfigurationInput = awsInput<AwsPip>(
  'PipConfigurationInput',
  'Picture in picture: one participant in a small window over the others.',
  {
    ...common,
    videoFillMode: [VideoFillMode, 'How to fit videos into their tiles. AWS’s default: COVER.'],
    gridGap: ['Int', 'Pixels between two tiles, 0 or more. AWS’s default: 0.'],
    pipParticipantAttribute: ['String', `${inner}. AWS’s default: nobody is there.`],
    pipBehavior: [
      PipBehavior,
      'What the inner window shall do when the others have left. AWS’s default: STATIC.',
    ],
    pipOffset: ['Int', 'Pixels between the inner window and the edges of its corner. AWS’s default: 0.'],
    pipPosition: [PipPosition, 'The corner for the inner window. AWS’s default: BOTTOM_RIGHT.'],
    pipWidth: [
      'Int',
      'Width of the inner window in pixels. AWS’s default follows the picture and the video.',
    ],
    pipHeight: [
      'Int',
      'Height of the inner window in pixels. AWS’s default follows the picture and the video.',
    ],
  },
);

export const LayoutConfigurationInput = awsInput<AwsLayout>(
  'LayoutConfigurationInput',
  'How to arrange the participants.',
  {
    grid: [GridConfigurationInput, 'Side by side: what AWS does by default.'],
    pip: [PipConfigurationInput, 'Picture in picture.'],
  },
  { isOneOf: true },
);
