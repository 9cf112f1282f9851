// Enums that AWS's models define twice under different names, here once each.
import type {
  RenditionConfigurationRendition,
  ThumbnailConfigurationResolution,
  ThumbnailConfigurationStorage,
  RecordingMode as ThumbnailMode,
} from '@aws-sdk/client-ivs';
import type {
  ThumbnailRecordingMode as RealTimeThumbnailMode,
  ThumbnailStorageType,
} from '@aws-sdk/client-ivs-realtime';
import { enumeration } from '../language/enumeration.ts';

// Each is typed as both: a value that AWS adds to one of them is a compile error here.
export const ThumbnailRecordingMode = enumeration<ThumbnailMode | RealTimeThumbnailMode>(
  'ThumbnailRecordingMode',
  'When a recording takes thumbnails.',
  {
    INTERVAL: 'One thumbnail every `targetIntervalSeconds`.',
    DISABLED: 'No thumbnails.',
  },
);

export const ThumbnailStorage = enumeration<ThumbnailConfigurationStorage | ThumbnailStorageType>(
  'ThumbnailStorage',
  'Storage of thumbnails.',
  {
    SEQUENTIAL: 'All thumbnails, numbered in sequence.',
    LATEST: 'The newest thumbnail only, overwritten each time.',
  },
);

export const RenditionResolution = enumeration<
  RenditionConfigurationRendition | ThumbnailConfigurationResolution
>('RenditionResolution', 'Resolution of one of the qualities (renditions) of a stream.', {
  SD: 'Standard definition.',
  HD: '720p.',
  FULL_HD: '1080p.',
  LOWEST_RESOLUTION: 'The lowest that the stream has.',
});
