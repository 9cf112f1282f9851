import type { StreamEvent as AwsStreamEvent } from '@aws-sdk/client-ivs';
import { awsObject } from '../language/aws-types.ts';

export const StreamEvent = awsObject<AwsStreamEvent>('StreamEvent', 'Something that happened to a stream.', {
  name: ['String', 'What happened, such as `Starvation Start`.'],
  type: [
    'String',
    'What it belongs to, as EventBridge calls it: `IVS Stream State Change`, `IVS Stream Health Change`, `IVS Limit Breach` or `IVS Recording State Change`.',
  ],
  eventTime: ['DateTime', 'When it happened.'],
  code: [
    'String',
    'Of sessions that ended for a reason, and of takeovers that failed: why, such as `MultitrackInputNotAllowed`.',
  ],
});
