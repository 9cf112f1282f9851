import { awsObject } from '../language/aws-types.js';
export const StreamEvent = awsObject('StreamEvent', 'An event of a stream.', {
    name: ['String', 'Name of the event, such as `Starvation Start`.'],
    type: [
        'String',
        'Type of the event, as in EventBridge: `IVS Stream State Change`, `IVS Stream Health Change`, `IVS Limit Breach` or `IVS Recording State Change`.',
    ],
    eventTime: ['DateTime', 'Time of the event.'],
    code: [
        'String',
        'Reason, such as `MultitrackInputNotAllowed`, for sessions that AWS ended and takeovers that failed.',
    ],
});
