// Whether a broadcaster may send several qualities at once; part of a Channel.
import type {
  MultitrackInputConfiguration as AwsMultitrack,
  MultitrackMaximumResolution as MaximumResolution,
  MultitrackPolicy as Policy,
} from '@aws-sdk/client-ivs';
import { builder } from '../language/builder.ts';
import { enumeration } from '../language/enumeration.ts';

const MultitrackPolicy = enumeration<Policy>(
  'MultitrackPolicy',
  'Whether the broadcaster must send several tracks.',
  {
    ALLOW: 'One track or several.',
    REQUIRE: 'Several.',
  },
);

const MultitrackMaximumResolution = enumeration<MaximumResolution>(
  'MultitrackMaximumResolution',
  'The largest picture that may be sent.',
  { SD: 'Standard definition.', HD: '720p.', FULL_HD: '1080p.' },
);

export const MultitrackInputConfiguration = builder
  .objectRef<AwsMultitrack>('MultitrackInputConfiguration')
  .implement({
    description: 'Whether the broadcaster may send several qualities at once.',
    fields: (t) => ({
      enabled: t.exposeBoolean('enabled', { description: 'Whether several qualities may be sent.' }),
      policy: t.expose('policy', {
        type: MultitrackPolicy,
        description: 'Whether several qualities must be sent.',
      }),
      maximumResolution: t.expose('maximumResolution', {
        type: MultitrackMaximumResolution,
        description: 'The largest picture that may be sent.',
      }),
    }),
  });

export const MultitrackInputConfigurationInput = builder.inputType('MultitrackInputConfigurationInput', {
  description: 'Whether the broadcaster may send several qualities at once.',
  fields: (t) => ({
    enabled: t.boolean({
      description:
        'Whether several qualities may be sent. Needs the channel type STANDARD, the container FRAGMENTED_MP4 and both members below. AWS’s default: false.',
    }),
    policy: t.field({
      type: MultitrackPolicy,
      description: 'Whether several qualities must be sent. Needed when `enabled`.',
    }),
    maximumResolution: t.field({
      type: MultitrackMaximumResolution,
      description: 'The largest picture that may be sent. Needed when `enabled`.',
    }),
  }),
});
