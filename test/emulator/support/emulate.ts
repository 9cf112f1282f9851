import { IvsClient } from '@aws-sdk/client-ivs';
import { IVSRealTimeClient } from '@aws-sdk/client-ivs-realtime';
import { onTestFinished } from 'vitest';
import { type EmulatorOptions, startEmulator } from '../../../src/emulator/emulator.ts';
import { ManualClock } from './clock.ts';

export const TOWN_HALL = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';
export const TOWN_HALL_SESSION = 'st-TownHall00001';
export const MAIN_STAGE = 'arn:aws:ivs:us-west-2:123456789012:channel/MainStage001';

const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' };

/** What a client of AWS signs with; the emulator reads the scope and does not verify the signature. */
export const authorization = (region = 'us-west-2', service = 'ivs') =>
  `AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20260101/${region}/${service}/aws4_request, SignedHeaders=host, Signature=00`;

/** An emulator of its own for one test, with the real SDK clients of both services in front of it. */
export async function emulate(options: EmulatorOptions = {}) {
  const clock = new ManualClock();
  const emulator = await startEmulator({ clock, ...options });
  const settings = (region: string) => ({ region, endpoint: emulator.url, credentials, maxAttempts: 1 });
  const realtimeIn = (region: string) => new IVSRealTimeClient(settings(region));
  const ivsIn = (region: string) => new IvsClient(settings(region));
  const [realtime, ivs] = [realtimeIn('us-west-2'), ivsIn('us-west-2')];
  onTestFinished(async () => {
    realtime.destroy();
    ivs.destroy();
    await emulator.close();
  });
  const post = (
    path: string,
    body: string,
    headers: Record<string, string> = { authorization: authorization() },
  ) => fetch(emulator.url + path, { method: 'POST', body, headers });
  return { emulator, clock, realtime, ivs, realtimeIn, ivsIn, post };
}

/** What an AWS client threw, as a test wants to compare it. */
export async function failureOf(call: Promise<unknown>) {
  try {
    await call;
  } catch (error) {
    const { name, exceptionMessage, $metadata } = error as Record<string, unknown> & {
      $metadata?: { httpStatusCode: number };
    };
    return { name, status: $metadata?.httpStatusCode, message: exceptionMessage };
  }
  throw new Error('The call was expected to fail, but it succeeded');
}
