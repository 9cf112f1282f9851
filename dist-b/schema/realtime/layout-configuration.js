import { awsInput, awsObject } from '../language/aws-types.js';
import { enumeration } from '../language/enumeration.js';
const VideoAspectRatio = enumeration('VideoAspectRatio', 'Aspect ratio of a participant’s tile.', {
    AUTO: 'Aspect ratio of the participant’s video.',
    VIDEO: '16:9.',
    SQUARE: '1:1.',
    PORTRAIT: '3:4.',
});
const VideoFillMode = enumeration('VideoFillMode', 'Fill mode of a video in its tile.', {
    FILL: 'Stretched to the tile.',
    COVER: 'Scaled to cover the tile, cropped.',
    CONTAIN: 'Scaled to fit, with bars.',
});
const PipBehavior = enumeration('PipBehavior', 'Behavior of the inner window when the other participants have left.', {
    STATIC: 'Unchanged.',
    DYNAMIC: 'Fills the whole frame.',
});
const PipPosition = enumeration('PipPosition', 'Corner of the inner window.', {
    TOP_LEFT: 'Top left.',
    TOP_RIGHT: 'Top right.',
    BOTTOM_LEFT: 'Bottom left.',
    BOTTOM_RIGHT: 'Bottom right.',
});
const featured = 'Name of the attribute whose value `true` features a participant';
const order = 'Name of the attribute that orders the participants. Order of arrival when there is none.';
const inner = 'Name of the attribute whose value `true` puts a participant into the inner window';
const GridConfiguration = awsObject('GridConfiguration', 'Grid layout: participants side by side.', {
    featuredParticipantAttribute: ['String', `${featured}. Null when no participant is featured.`],
    omitStoppedVideo: ['Boolean', 'Whether the layout omits participants whose video is stopped.'],
    videoAspectRatio: [VideoAspectRatio, 'Aspect ratio of tiles that are not featured.'],
    videoFillMode: [
        VideoFillMode,
        'Fill mode of the tiles. Null stands for CONTAIN in the featured tile and COVER in the others.',
    ],
    gridGap: ['Int', 'Gap between tiles. Unit: pixels.'],
    participantOrderAttribute: ['String', order],
});
const PipConfiguration = awsObject('PipConfiguration', 'Picture in picture: one participant in a small window over the others.', {
    featuredParticipantAttribute: ['String', `${featured}. Null when no participant is featured.`],
    omitStoppedVideo: ['Boolean', 'Whether the layout omits participants whose video is stopped.'],
    videoFillMode: [VideoFillMode, 'Fill mode of the tiles.'],
    gridGap: ['Int', 'Gap between tiles. Unit: pixels.'],
    pipParticipantAttribute: ['String', `${inner}. Null when it has none.`],
    pipBehavior: [PipBehavior, 'Behavior of the inner window when the other participants have left.'],
    pipOffset: ['Int', 'Distance of the inner window from its corner. Unit: pixels.'],
    pipPosition: [PipPosition, 'Corner of the inner window.'],
    pipWidth: [
        'Int',
        'Width of the inner window. Unit: pixels. Null when it follows from the frame and the video.',
    ],
    pipHeight: [
        'Int',
        'Height of the inner window. Unit: pixels. Null when it follows from the frame and the video.',
    ],
    participantOrderAttribute: ['String', order],
});
export const LayoutConfiguration = awsObject('LayoutConfiguration', 'Layout of a composition: grid or picture in picture.', {
    grid: [GridConfiguration, 'Grid layout. Null for picture in picture.'],
    pip: [PipConfiguration, 'Picture in picture. Null for a grid.'],
});
/** What both layouts can be told. */
const common = {
    featuredParticipantAttribute: ['String', `${featured}. AWS’s default: none.`],
    omitStoppedVideo: ['Boolean', 'Whether to omit participants whose video is stopped. AWS’s default: false.'],
    participantOrderAttribute: ['String', order],
};
const GridConfigurationInput = awsInput('GridConfigurationInput', 'Grid layout: participants side by side.', {
    ...common,
    videoAspectRatio: [
        VideoAspectRatio,
        'Aspect ratio of tiles that are not featured. AWS’s default: VIDEO.',
    ],
    videoFillMode: [
        VideoFillMode,
        'Fill mode of the tiles. AWS’s default: CONTAIN in the featured tile, COVER in the others.',
    ],
    gridGap: ['Int', 'Gap between tiles. Unit: pixels, 0 or more. AWS’s default: 2.'],
});
const PipConfigurationInput = awsInput('PipConfigurationInput', 'Picture in picture: one participant in a small window over the others.', {
    ...common,
    videoFillMode: [VideoFillMode, 'Fill mode of the tiles. AWS’s default: COVER.'],
    gridGap: ['Int', 'Gap between tiles. Unit: pixels, 0 or more. AWS’s default: 0.'],
    pipParticipantAttribute: ['String', `${inner}. AWS’s default: none.`],
    pipBehavior: [
        PipBehavior,
        'Behavior of the inner window when the other participants have left. AWS’s default: STATIC.',
    ],
    pipOffset: ['Int', 'Distance of the inner window from its corner. Unit: pixels. AWS’s default: 0.'],
    pipPosition: [PipPosition, 'Corner of the inner window. AWS’s default: BOTTOM_RIGHT.'],
    pipWidth: [
        'Int',
        'Width of the inner window. Unit: pixels. AWS’s default follows from the frame and the video.',
    ],
    pipHeight: [
        'Int',
        'Height of the inner window. Unit: pixels. AWS’s default follows from the frame and the video.',
    ],
});
export const LayoutConfigurationInput = awsInput('LayoutConfigurationInput', 'Layout of the participants: one of the two.', {
    grid: [GridConfigurationInput, 'Grid layout, AWS’s default.'],
    pip: [PipConfigurationInput, 'Picture in picture.'],
}, { isOneOf: true });
