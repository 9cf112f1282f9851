import { awsInput, awsObject } from '../language/aws-types.js';
import { enumeration } from '../language/enumeration.js';
import { RenditionResolution } from './recording-enums.js';
const RenditionSelection = enumeration('RenditionSelection', 'Rendition settings of a recording.', {
    ALL: 'All renditions.',
    NONE: 'No rendition: no video is recorded.',
    CUSTOM: 'The listed `renditions`. Has no effect on BASIC channels.',
});
export const RecordingRenditionConfiguration = awsObject('RecordingRenditionConfiguration', 'Rendition settings of a recording.', {
    renditionSelection: [RenditionSelection, 'Selection of renditions: all, none or some.'],
    renditions: [
        [RenditionResolution],
        'Renditions to record, for CUSTOM only. A rendition that the stream lacks is replaced by its best one.',
    ],
});
export const RecordingRenditionConfigurationInput = awsInput('RecordingRenditionConfigurationInput', 'Rendition settings of a recording.', {
    renditionSelection: [
        RenditionSelection,
        { required: true, description: 'All, none or some. AWS ignores `renditions` unless it is CUSTOM.' },
    ],
    renditions: [[RenditionResolution], 'Which qualities: required with CUSTOM.'],
});
