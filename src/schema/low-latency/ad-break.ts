// Ad breaks cannot be read, only put in: AWS keeps no list of them.

import { targetOf } from '../../upstream/arn.ts';
import { ivs } from '../../upstream/aws-sdk.ts';
import { awsObject } from '../language/aws-types.ts';
import { arnRule } from '../patterns/input-rules.ts';
import { defineMutation, write } from '../patterns/mutation.ts';
import { subject } from '../patterns/relations.ts';
import { channels } from './channel.ts';

const { InsertAdBreakCommand } = ivs;

const InsertAdBreakPayload = awsObject<{ channelArn: string; adBreakId: string | undefined }>(
  'InsertAdBreakPayload',
  'Payload of insertAdBreak.',
  {
    adBreakId: ['ID', 'Id of the ad break: 12 letters or digits. No other operation takes it.'],
  },
  (t) => ({
    channel: subject(t, channels, 'The channel.', ({ channelArn }) => channelArn),
  }),
);

defineMutation('insertAdBreak', {
  scope: 'ivs:moderate',
  description:
    'Inserts an ad break into the live stream of a channel, by its ad configuration. While another ad break runs, AWS refuses it with a ConflictError.',
  payload: InsertAdBreakPayload,
  errors: ['ResourceNotFoundError', 'ConflictError', 'ChannelNotBroadcastingError'],
  input: (t) => ({
    channelArn: t.id({
      required: true,
      description: 'ARN of a live channel with an ad configuration.',
    }),
    durationSeconds: t.int({ required: true, description: 'Duration. Unit: seconds, 1 to 300.' }),
  }),
  rules: [arnRule('channel', 'channelArn')],
  resolve: async (input, context) => {
    const { adBreakId } = await write(context, targetOf(input.channelArn), new InsertAdBreakCommand(input));
    return { channelArn: input.channelArn, adBreakId };
  },
});
