// Ad breaks cannot be read, only put in: AWS keeps no list of them.
import { checkArn, targetOf } from '../../upstream/arn.js';
import { ivs } from '../../upstream/aws-sdk.js';
import { awsObject } from '../language/aws-types.js';
import { defineMutation, write } from '../patterns/mutation.js';
import { subject } from '../patterns/relations.js';
import { channels } from './channel.js';
const { InsertAdBreakCommand } = ivs;
const InsertAdBreakPayload = awsObject('InsertAdBreakPayload', 'Payload of insertAdBreak.', {
    adBreakId: ['ID', 'Id of the ad break: 12 letters or digits. No other operation takes it.'],
}, (t) => ({
    channel: subject(t, channels, 'The channel.', ({ channelArn }) => channelArn),
}));
defineMutation('insertAdBreak', {
    scope: 'ivs:moderate',
    description: 'Inserts an ad break into the live stream of a channel, by its ad configuration.',
    payload: InsertAdBreakPayload,
    errors: ['ResourceNotFoundError', 'ConflictError', 'ChannelNotBroadcastingError'],
    input: (t) => ({
        channelArn: t.id({
            required: true,
            description: 'ARN of a live channel with an ad configuration.',
        }),
        durationSeconds: t.int({ required: true, description: 'Duration. Unit: seconds, 1 to 300.' }),
    }),
    resolve: async (input, context) => {
        checkArn('channel', input.channelArn);
        const { adBreakId } = await write(context, targetOf(input.channelArn), new InsertAdBreakCommand(input));
        return { channelArn: input.channelArn, adBreakId };
    },
});
