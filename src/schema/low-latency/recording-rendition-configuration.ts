// Which qualities of a stream a recording configuration records.
import type {
  RenditionConfiguration as AwsRenditions,
  RenditionConfigurationRenditionSelection as Selection,
} from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';
import { enumeration } from '../language/enumeration.ts';
import { RenditionResolution } from './recording-enums.ts';

const RenditionSelection = enumeration<Selection>(
  'RenditionSelection',
  'Rendition settings of a recording.',
  {
    ALL: 'All renditions.',
    NONE: 'No rendition: no video is recorded.',
    CUSTOM: 'The listed `renditions`. Has no effect on BASIC channels.',
  },
);

export const RecordingRenditionConfiguration = awsObject<AwsRenditions>(
  'RecordingRenditionConfiguration',
  'Rendition settings of a recording.',
  {
    renditionSelection: [RenditionSelection, 'Selection of renditions: all, none or some.'],
    renditions: [
      [RenditionResolution],
      'Renditions to record, for CUSTOM only. A rendition that the stream lacks is replaced by its best one.',
    ],
  },
);

export const RecordingRenditionConfigurationInput = awsInput<AwsRenditions>(
  'RecordingRenditionConfigurationInput',
  'Rendition settings of a recording.',
  {
    renditionSelection: [
      RenditionSelection,
      { required: true, description: 'All, none or some. AWS ignores `renditions` unless it is CUSTOM.' },
    ],
    renditions: [[RenditionResolution], 'Which qualities: required with CUSTOM.'],
  },
);
