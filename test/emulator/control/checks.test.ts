// Each command takes an account, and checks in process what it checks over HTTP.
import { describe, expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { MAIN_STAGE, TOWN_HALL } from '../support/emulate.ts';

const OTHER = '111122223333';
const OWN = '123456789012';

async function start() {
  const emulator = await startEmulator({ seed: 'demo' });
  onTestFinished(() => emulator.close());
  return emulator;
}

describe('an account', () => {
  it('is taken with what an ARN names, and must be that of the ARN', async () => {
    const { control } = await start();
    const { participantId } = control.join({ stageArn: TOWN_HALL, account: OWN });
    control.leave({ stageArn: TOWN_HALL, participantId, account: OWN });
    expect(() => control.join({ stageArn: TOWN_HALL, account: OTHER })).toThrow(
      `join: account: expected the account of stageArn, ${OWN}, got ${OTHER}`,
    );
  });

  it('must be that of a token, and of what a read names', async () => {
    const { control, url } = await start();
    const [signer, scope] = [`Credential=${OWN}/20260101`, 'us-west-2/ivs/aws4_request'];
    const authorization = `AWS4-HMAC-SHA256 ${signer}/${scope}, SignedHeaders=host, Signature=00`;
    const body = JSON.stringify({ stageArn: TOWN_HALL });
    const made = await fetch(`${url}/CreateParticipantToken`, {
      method: 'POST',
      headers: { authorization },
      body,
    });
    const { participantToken } = (await made.json()) as { participantToken: { token: string } };
    const { token } = participantToken;
    expect(() => control.join({ token, account: OTHER })).toThrow(
      `join: account: expected the account of token, ${OWN}, got ${OTHER}`,
    );
    control.join({ token, account: OWN });
    const channelArn = MAIN_STAGE;
    expect(() => control.revocations({ channelArn, account: OTHER })).toThrow(
      'expected the account of channelArn',
    );
  });

  it('has its own faults removed only', async () => {
    const { control } = await start();
    const { id } = control.addFault({ operation: 'GetStage', status: 500, account: OWN });
    expect(() => control.removeFault({ id, account: OTHER })).toThrow('there are: none');
    control.removeFault({ id, account: OWN });
    expect(control.faults().faults).toEqual([]);
  });
});

it('a command that waits rejects what it refuses', async () => {
  const { control } = await start();
  const refusal = control.waitForCalls({ count: -1 });
  await expect(refusal).rejects.toThrow('waitForCalls: count: expected');
});

it.each([
  ['advanceClock', { second: 60 }],
  ['advanceClock', { seconds: '60' }],
  ['setClock', { time: '2026-02-30T00:00:00Z' }],
  ['freezeClock', { frozen: 'no' }],
  ['reset', { seed: 'nope' }],
  ['reset', { account: '12' }],
  ['join', { stageArn: TOWN_HALL, participantId: 'a b' }],
  ['join', { stageArn: TOWN_HALL, participantId: 'a'.repeat(65) }],
  ['snapshot', { name: 'a b' }],
  ['putEvent', {}],
  ['calls', { limit: -1 }],
] as const)('%s with %j is refused in process as over HTTP', async (name, input) => {
  const { control, url } = await start();
  const response = await fetch(`${url}/_control/${name}`, { method: 'POST', body: JSON.stringify(input) });
  const { error } = (await response.json()) as { error: string };
  expect(() => (control[name] as (input: object) => unknown)(input)).toThrow(error);
  expect(control.clock().time).toMatch(/^\d{4}-/);
});
