// Which qualities of a stream a recording configuration records.
import type {
  RenditionConfiguration as AwsRenditions,
  RenditionConfigurationRendition as Rendition,
  RenditionConfigurationRenditionSelection as Selection,
} from '@aws-sdk/client-ivs';
import { awsInput, awsObject } from '../language/aws-types.ts';
import { enumeration } from '../language/enumeration.ts';

const RenditionConfigurationRenditionSelection = enumeration<Selection>(
  'RenditionConfigurationRenditionSelection',
  'Which qualities of a stream are recorded.',
  {
    ALL: 'All that the stream has.',
    NONE: 'None: no video is recorded.',
    CUSTOM: 'Those in `renditions`. Makes no difference to BASIC channels.',
  },
);

const RenditionConfigurationRendition = enumeration<Rendition>(
  'RenditionConfigurationRendition',
  'A quality of a stream.',
  {
    SD: 'Standard definition.',
    HD: '720p.',
    FULL_HD: '1080p.',
    LOWEST_RESOLUTION: 'The smallest that the stream has.',
  },
);

export const RecordingRenditionConfiguration = awsObject<AwsRenditions>(
  'RecordingRenditionConfiguration',
  'Which qualities of a stream are recorded.',
  {
    renditionSelection: [RenditionConfigurationRenditionSelection, 'All, none or some.'],
    renditions: [
      [RenditionConfigurationRendition],
      'With CUSTOM, which qualities: one that a stream lacks is replaced by the best that it has. Otherwise it means nothing.',
    ],
  },
);

export const RecordingRenditionConfigurationInput = awsInput<AwsRenditions>(
  'RecordingRenditionConfigurationInput',
  'Which qualities of a stream to record.',
  {
    renditionSelection: [RenditionConfigurationRenditionSelection, 'All, none or some. AWS’s default: ALL.'],
    renditions: [[RenditionConfigurationRendition], 'Which qualities: needed with CUSTOM.'],
  },
);
