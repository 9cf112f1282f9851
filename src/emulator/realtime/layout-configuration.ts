import type { LayoutConfiguration } from '@aws-sdk/client-ivs-realtime';
import { validationFailed } from '../errors.ts';
import type { Valid } from '../model/operation.ts';

const gridDefaults = {
  featuredParticipantAttribute: '',
  omitStoppedVideo: false,
  videoAspectRatio: 'VIDEO' as const,
  // Outside its own enum: AWS's defaults for grid tiles and the featured tile differ
  videoFillMode: '' as never,
  gridGap: 2,
  participantOrderAttribute: '',
};

// Without pipWidth and pipHeight, whose size then follows the picture
const pipDefaults = {
  featuredParticipantAttribute: '',
  omitStoppedVideo: false,
  videoFillMode: 'COVER' as const,
  gridGap: 0,
  pipParticipantAttribute: '',
  pipBehavior: 'STATIC' as const,
  pipOffset: 0,
  pipPosition: 'BOTTOM_RIGHT' as const,
  participantOrderAttribute: '',
};

/** The requested layout with AWS's defaults; a grid by default. */
export function layoutOf({ grid, pip }: Valid<LayoutConfiguration> = {}): LayoutConfiguration {
  if (grid && pip) throw validationFailed('layout: expected either grid or pip, got both');
  return pip ? { pip: { ...pipDefaults, ...pip } } : { grid: { ...gridDefaults, ...grid } };
}
