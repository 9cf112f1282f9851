// Compositions, as subscribers hear of them.
import { describe, expect, it } from 'vitest';
import { boundedTo } from '../../support/callers.ts';
import { startGateway, type TestGatewayOptions } from '../../support/gateway.ts';
import { listen } from '../../support/listen.ts';

const COMPOSITIONS = `subscription ($stage: ID, $arn: ID) {
  compositions(stageArn: $stage, arn: $arn) {
    __typename
    ... on LiveEvent { source }
    ... on CompositionsState { nodes { arn state } }
    ... on CompositionStarted { composition { arn state startTime stage { name } } }
    ... on CompositionChanged { composition { arn state destinations { state } } }
    ... on CompositionRemoved { composition { arn } }
  }
}`;
const START = `mutation ($stage: ID!, $channel: ID!) {
  startComposition(input: { stageArn: $stage, destinations: [{ channel: { channelArn: $channel } }] }) {
    ... on StartCompositionPayload { composition { arn } }
    ... on MutationError { message }
  }
}`;
const STAGE = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';

async function open(options: TestGatewayOptions = {}) {
  const gateway = await startGateway({ seed: 'demo', ...options });
  const { createChannel } = await gateway.data(
    'mutation { createChannel(input: { name: "out" }) { ... on CreateChannelPayload { channel { arn } } } }',
  );
  const begin = async (): Promise<string> => {
    const { startComposition } = await gateway.data(START, {
      stage: STAGE,
      channel: createChannel.channel.arn,
    });
    return startComposition.composition.arn;
  };
  return {
    gateway,
    begin,
    subscribe: (variables: object) => listen(gateway, COMPOSITIONS, { ...variables }),
  };
}

describe('compositions', () => {
  it('of a stage are sent first, then what begins, changes and is removed', async () => {
    const { subscribe, begin, gateway } = await open();
    const { until } = await subscribe({ stage: STAGE });
    const [{ nodes }] = await until('CompositionsState');
    const arn = await begin();
    expect(nodes.map((one: { arn: string }) => one.arn)).not.toContain(arn);
    expect((await until('CompositionStarted')).at(-1)).toMatchObject({
      composition: { arn, stage: { name: expect.any(String) } },
    });
    await gateway.data(`mutation { stopComposition(input: { arn: "${arn}" }) { __typename } }`);
    expect((await until('CompositionChanged')).at(-1)).toMatchObject({ composition: { arn } });
    expect((await until('CompositionRemoved')).at(-1)).toMatchObject({
      composition: { arn: expect.any(String) },
    });
  });

  it('can be one', async () => {
    const { subscribe, begin, gateway } = await open();
    const arn = await begin();
    const { until } = await subscribe({ arn });
    expect(await until('CompositionsState')).toMatchObject([{ nodes: [{ arn }] }]);
    await gateway.data(`mutation { stopComposition(input: { arn: "${arn}" }) { __typename } }`);
    expect((await until('CompositionRemoved')).at(-1)).toMatchObject({ composition: { arn } });
  });

  it.each([
    ['neither', {}],
    ['both', { stage: STAGE, arn: 'arn:aws:ivs:us-west-2:123456789012:composition/Comp00000001' }],
    ['another type', { arn: STAGE }],
  ])('need exactly one ARN: %s is refused', async (_title, variables) => {
    const { subscribe } = await open();
    const { next } = await subscribe(variables);
    expect(await next()).toMatchObject({ errors: [{ extensions: { code: 'BAD_USER_INPUT' } }] });
  });

  it('of a stage that the caller may not see are not sent', async () => {
    const { begin, gateway } = await open();
    const arn = await begin();
    const other = await startGateway({
      beside: gateway,
      caller: boundedTo('arn:aws:ivs:us-west-2:123456789012:stage/Other*'),
    });
    const { next } = await listen(other, COMPOSITIONS, { arn });
    expect(JSON.stringify(await next())).not.toContain('ACTIVE');
  });
});
