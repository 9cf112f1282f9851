// The ad break after the end of a stream; part of an AdConfiguration.
import type { PostRollConfiguration as AwsPostRollConfiguration } from '@aws-sdk/client-ivs';
import { builder } from '../language/builder.ts';

export const PostRollConfiguration = builder
  .objectRef<AwsPostRollConfiguration>('PostRollConfiguration')
  .implement({
    description: 'The ad break after the end of a stream.',
    fields: (t) => ({
      enabled: t.exposeBoolean('enabled', { description: 'Whether there is one.' }),
      durationSeconds: t.exposeInt('durationSeconds', { description: 'How long it is, 1 to 300 seconds.' }),
    }),
  });

export const PostRollConfigurationInput = builder.inputType('PostRollConfigurationInput', {
  description: 'The ad break after the end of a stream.',
  fields: (t) => ({
    enabled: t.boolean({ required: true, description: 'Whether there shall be one.' }),
    durationSeconds: t.int({ required: true, description: 'How long it shall be, 1 to 300 seconds.' }),
  }),
});
