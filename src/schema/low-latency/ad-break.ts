// Ad breaks cannot be read, only put in: AWS keeps no list of them.
import { InsertAdBreakCommand } from '@aws-sdk/client-ivs';
import { checkArn, targetOf } from '../../upstream/arn.ts';
import {
  ChannelNotBroadcastingError,
  ConflictError,
  ResourceNotFoundError,
  ValidationError,
} from '../../upstream/errors.ts';
import { builder } from '../language/builder.ts';
import { defineMutation, write } from '../patterns/mutation.ts';
import { Channel, channels } from './channel.ts';

const InsertAdBreakPayload = builder
  .objectRef<{ channelArn: string; adBreakId: string | undefined }>('InsertAdBreakPayload')
  .implement({
    description: 'Answer of insertAdBreak.',
    fields: (t) => ({
      adBreakId: t.exposeID('adBreakId', {
        description: 'Id of the ad break, 12 letters or digits. No other operation takes it.',
      }),
      channel: t.field({
        type: Channel,
        description: 'The channel.',
        resolve: ({ channelArn }, _args, context, info) =>
          channels.resolveRef({ arn: channelArn }, context, info),
      }),
    }),
  });

defineMutation('insertAdBreak', {
  scope: 'ivs:moderate',
  description:
    'Puts an ad break into the live stream of a channel, as the ad configuration of the channel says.',
  payload: InsertAdBreakPayload,
  errors: [ValidationError, ResourceNotFoundError, ConflictError, ChannelNotBroadcastingError],
  input: (t) => ({
    channelArn: t.id({
      required: true,
      description: 'ARN of a channel that is live and has an ad configuration.',
    }),
    durationSeconds: t.int({ required: true, description: 'How long it lasts, 1 to 300 seconds.' }),
  }),
  resolve: async (input, context) => {
    checkArn('channel', input.channelArn);
    const { adBreakId } = await write(context, targetOf(input.channelArn), new InsertAdBreakCommand(input));
    return { channelArn: input.channelArn, adBreakId };
  },
});
