import { expect, it } from 'vitest';
import { startGateway, type TestGateway } from '../../support/gateway.ts';

const KEYNOTE = 'arn:aws:ivs:us-west-2:123456789012:channel/Keynote00001';

const insert = ({ data }: TestGateway, channelArn: string, durationSeconds = 30) =>
  data(
    `mutation ($input: InsertAdBreakInput!) { insertAdBreak(input: $input) {
      __typename ... on InsertAdBreakPayload { adBreakId channel { arn } } ... on MutationError { code }
    } }`,
    { input: { channelArn, durationSeconds } },
  ).then(({ insertAdBreak }) => insertAdBreak);

it('puts an ad break into a live stream, in one call', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  expect(await insert(gateway, KEYNOTE)).toEqual({
    __typename: 'InsertAdBreakPayload',
    adBreakId: expect.stringMatching(/^[a-zA-Z0-9]{12}$/),
    channel: { arn: KEYNOTE },
  });
  expect(gateway.calls()).toEqual({ InsertAdBreak: 1 });
});

it.each([
  ['what is no channel', 'no ARN', 30, 'ValidationError', 'BAD_USER_INPUT'],
  ['a break of no length', KEYNOTE, 0, 'ValidationError', 'BAD_USER_INPUT'],
  ['a channel that does not exist', `${KEYNOTE}x`, 30, 'ResourceNotFoundError', 'NOT_FOUND'],
  [
    'a channel that is not live',
    KEYNOTE.replace('Keynote00001', 'PressRoom001'),
    30,
    'ChannelNotBroadcastingError',
    'CHANNEL_NOT_BROADCASTING',
  ],
  [
    'a channel without an ad configuration',
    KEYNOTE.replace('Keynote00001', 'MainStage001'),
    30,
    'ConflictError',
    'CONFLICT',
  ],
])('answers %s with an error of the union', async (_what, channelArn, seconds, __typename, code) => {
  const gateway = await startGateway({ seed: 'demo' });
  expect(await insert(gateway, channelArn, seconds)).toEqual({ __typename, code });
});
