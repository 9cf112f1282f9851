import { validationFailed } from '../errors.js';
const gridDefaults = {
    featuredParticipantAttribute: '',
    omitStoppedVideo: false,
    videoAspectRatio: 'VIDEO',
    // Outside its own enum: AWS fills grid tiles in one way and the featured one in another until it is told how
    videoFillMode: '',
    gridGap: 2,
    participantOrderAttribute: '',
};
// Without pipWidth and pipHeight, whose size then follows the picture
const pipDefaults = {
    featuredParticipantAttribute: '',
    omitStoppedVideo: false,
    videoFillMode: 'COVER',
    gridGap: 0,
    pipParticipantAttribute: '',
    pipBehavior: 'STATIC',
    pipOffset: 0,
    pipPosition: 'BOTTOM_RIGHT',
    participantOrderAttribute: '',
};
/** What was asked for with AWS's defaults around it; a grid when nothing was. */
export function layoutOf({ grid, pip } = {}) {
    if (grid && pip)
        throw validationFailed('layout: expected either grid or pip, got both');
    return pip ? { pip: { ...pipDefaults, ...pip } } : { grid: { ...gridDefaults, ...grid } };
}
