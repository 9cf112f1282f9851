import { enumeration } from '../language/enumeration.js';
// Each is typed as both: a value that AWS adds to one of them is a compile error here.
export const ThumbnailRecordingMode = enumeration('ThumbnailRecordingMode', 'When a recording takes thumbnails.', {
    INTERVAL: 'One thumbnail every `targetIntervalSeconds`.',
    DISABLED: 'No thumbnails.',
});
export const ThumbnailStorage = enumeration('ThumbnailStorage', 'Storage of thumbnails.', {
    SEQUENTIAL: 'All thumbnails, numbered in sequence.',
    LATEST: 'The newest thumbnail only, overwritten each time.',
});
export const RenditionResolution = enumeration('RenditionResolution', 'Resolution of one of the qualities (renditions) of a stream.', {
    SD: 'Standard definition.',
    HD: '720p.',
    FULL_HD: '1080p.',
    LOWEST_RESOLUTION: 'The lowest that the stream has.',
});
