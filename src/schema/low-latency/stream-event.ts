import type { StreamEvent as AwsStreamEvent } from '@aws-sdk/client-ivs';
import { builder } from '../language/builder.ts';

export const StreamEvent = builder.objectRef<AwsStreamEvent>('StreamEvent').implement({
  description: 'Something that happened to a stream.',
  fields: (t) => ({
    name: t.exposeString('name', { description: 'What happened, such as `Starvation Start`.' }),
    type: t.exposeString('type', {
      description:
        'What it belongs to, as EventBridge calls it: `IVS Stream State Change`, `IVS Stream Health Change`, `IVS Limit Breach` or `IVS Recording State Change`.',
    }),
    eventTime: t.expose('eventTime', { type: 'DateTime', description: 'When it happened.' }),
    code: t.exposeString('code', {
      description:
        'Of sessions that ended for a reason, and of takeovers that failed: why, such as `MultitrackInputNotAllowed`.',
    }),
  }),
});
