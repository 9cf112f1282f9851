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
  'Which qualities of a stream are recorded.',
  {
    ALL: 'All that the stream has.',
    NONE: 'None: no video is recorded.',
    CUSTOM: 'Those in `renditions`. Makes no difference to BASIC channels.',
  },
);

export const RecordingRenditionConfiguration = awsObject<AwsRenditions>(
  'RecordingRenditionConfiguration',
  'Which qualities of a stream are recorded.',
  {
    renditionSelection: [RenditionSelection, 'All, none or some.'],
    renditions: [
      [RenditionResolution],
      'With CUSTOM, which qualities: one that a stream lacks is replaced by the best that it has. Otherwise it means nothing.',
    ],
  },
);

export const RecordingRenditionConfigurationInput = awsInput<AwsRenditions>(
  'RecordingRenditionConfigurationInput',
  'Which qualities of a stream to record.',
  {
    renditionSelection: [
      RenditionSelection,
      { required: true, description: 'All, none or some. AWS ignores `renditions` unless it is CUSTOM.' },
    ],
    renditions: [[RenditionResolution], 'Which qualities: required with CUSTOM.'],
  },
);
