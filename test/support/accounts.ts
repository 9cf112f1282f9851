// A gateway of two accounts: the emulator's own, and one whose role it assumes.
import type { EmulatorOptions } from '../../src/emulator/emulator.ts';
import { startGateway, type TestGateway, type TestGatewayOptions } from './gateway.ts';

export const OWN = '123456789012';
export const OTHER = '210987654321';
/** Not listed. */
export const STRANGER = '333333333333';
export const ACCOUNTS = [{ id: OWN }, { id: OTHER, roleArn: `arn:aws:iam::${OTHER}:role/ivs-gateway` }];

export async function startTwoAccounts(options: TestGatewayOptions & EmulatorOptions = {}) {
  const gateway = await startGateway({ accounts: ACCOUNTS, ...options });
  return { ...gateway, callsBy: () => callsBy(gateway) };
}

/** AWS calls since the last time it was asked: `<account> <operation>`, in order. */
function callsBy({ emulator }: TestGateway): string[] {
  const calls = emulator.calls.log().map(({ account, operation }) => `${account} ${operation}`);
  emulator.calls.reset();
  return calls;
}

export const inAccount = (arn: string, account: string): string => arn.replace(/:\d{12}:/, `:${account}:`);

/** A stage made through the graph, in an account; its ARN. */
export async function createStageIn(
  { data, emulator }: Pick<TestGateway, 'data' | 'emulator'>,
  account: string | null,
  name = 'same',
): Promise<string> {
  const { createStage } = await data(
    `mutation ($account: String, $name: String) {
      createStage(input: { account: $account, name: $name }) { ... on CreateStagePayload { stage { arn } } }
    }`,
    { account, name },
  );
  emulator.calls.reset();
  return createStage.stage.arn;
}

export async function createChannelIn(
  { data, emulator }: Pick<TestGateway, 'data' | 'emulator'>,
  account: string | null,
  input: object = {},
): Promise<string> {
  const { createChannel } = await data(
    `mutation ($input: CreateChannelInput!) {
      createChannel(input: $input) { ... on CreateChannelPayload { channel { arn } } }
    }`,
    { input: { account, name: 'same', ...input } },
  );
  emulator.calls.reset();
  return createChannel.channel.arn;
}
