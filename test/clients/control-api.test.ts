// A client of the emulator's control API, with types that openapi-typescript makes from its OpenAPI document.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';
import { expect, it, onTestFinished } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { checkTypes } from '../support/types.ts';

const client = (url: string) => `
import createClient from 'openapi-fetch';
import type { paths } from './control-api';

export const client = createClient<paths>({ baseUrl: '${url}' });
export async function use(): Promise<unknown> {
  const added = await client.POST('/_control/addFault', {
    body: { operation: 'GetStage', match: { arn: 'a' }, sequence: [{ status: 500 }, 'pass'] },
  });
  const world = { stages: [{ name: 'show' }] };
  await client.POST('/_control/reset', { body: { world, account: '000000000001' } });
  const listed = await client.GET('/_control/faults', {});
  const late = await client.POST('/_control/waitForCalls', { body: { operation: 'GetStage', timeoutMs: 1 } });
  const message: string | undefined = late.error?.error;
  return [added.data?.id, listed.data?.faults.map(({ struck }) => struck), message, late.response.status];
}

export const mistakes = () => {
  // @ts-expect-error: no effect has this member
  client.POST('/_control/addFault', { body: { operation: 'GetStage', sequence: [{ state: 500 }] } });
  // @ts-expect-error: no such step
  client.POST('/_control/addFault', { body: { operation: 'GetStage', sequence: ['pas'] } });
  // @ts-expect-error: no such operation
  client.POST('/_control/addFault', { body: { operation: 'GetStag', status: 500 } });
};
`;

it('is compiled and runs: sequences, matches and worlds have types that take what is meant', async () => {
  const emulator = await startEmulator();
  const folder = mkdtempSync(join(import.meta.dirname, '.control-api-'));
  onTestFinished(async () => {
    rmSync(folder, { recursive: true });
    await emulator.close();
  });
  const types = await openapiTS(new URL(`${emulator.url}/_control/openapi.json`));
  writeFileSync(join(folder, 'control-api.d.ts'), astToString(types));
  writeFileSync(join(folder, 'use.ts'), client(emulator.url));
  writeFileSync(join(folder, 'tsconfig.json'), '{"extends":"../tsconfig.json","include":["*.ts"]}');
  expect(checkTypes(folder)).toMatchObject({ stdout: '', status: 0 });
  const { use } = (await import(join(folder, 'use.ts'))) as { use: () => Promise<unknown> };
  expect(await use()).toEqual([
    'fault-1',
    [0],
    'waitForCalls: expected a count of 1 within 1 ms, got 0',
    408,
  ]);
});
