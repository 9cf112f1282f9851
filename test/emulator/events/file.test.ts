import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { CreateStageCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, onTestFinished, test } from 'vitest';
import { startEmulator } from '../../../src/emulator/emulator.ts';
import { serving } from '../../support/processes.ts';
import { authorization, emulate } from '../support/emulate.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'events-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

test('each event is appended to the file as a line of JSON, whatever happens to its delivery', async () => {
  const eventsFile = join(folder(), 'events.jsonl');
  writeFileSync(eventsFile, '{"an":"earlier run"}\n');
  const { emulator, realtime } = await emulate({ eventsFile });
  emulator.deliverTo(async () => ({ status: 200 }));
  emulator.control.addEventFault({ fault: 'lost' });
  const { stage } = await realtime.send(new CreateStageCommand({ name: 'one' }));
  const stageArn = String(stage?.arn);
  const { participantId } = emulator.control.join({ stageArn });
  emulator.control.publish({ stageArn, participantId });
  const { events } = emulator.control.events();
  expect(events).toHaveLength(2);
  const lines = readFileSync(eventsFile, 'utf8').split('\n');
  expect(lines.slice(1)).toEqual([...events.map((event) => JSON.stringify(event)), '']);
  emulator.control.reset();
  expect(readFileSync(eventsFile, 'utf8').split('\n')).toHaveLength(4);
});

test('a file that cannot be written is refused at the start', async () => {
  const eventsFile = join(folder(), 'none', 'events.jsonl');
  await expect(startEmulator({ eventsFile })).rejects.toThrow(
    `eventsFile: expected a file that can be written, got ${eventsFile}: ENOENT`,
  );
});

test('the command writes events to a file, and a line for each request to stderr', async () => {
  const file = join(folder(), 'events.jsonl');
  const options = ['--port', '0', '--seed', 'empty', '--log-requests', '--events-file', file];
  const { url, said } = await serving(['emulator', ...options]);
  const headers = { authorization: authorization() };
  await fetch(`${url}/CreateStage`, { method: 'POST', headers, body: '{}' });
  expect(readFileSync(file, 'utf8')).toMatch(/^\{[^\n]*"eventName":"CreateStage"[^\n]*\}\n$/);
  await expect.poll(() => said.err).toMatch(/^\S+Z 123456789012 us-west-2 CreateStage 200 - [\d.]+ ms -$/m);
});

test('what a full disk does not take is counted and said; it leaves no half line, and events continue', async () => {
  const file = join(folder(), 'events.jsonl');
  writeFileSync(file, '{"an":"earlier run that was cut');
  const within20KB = ['sh', '-c', 'ulimit -f 40 && exec "$0" "$@"'];
  const options = ['--port', '0', '--seed', 'empty', '--events-file', file];
  const { url, said, child } = await serving(['emulator', ...options], {}, within20KB);
  const put = async (bytes: number) => {
    const detail = { event_name: 'x'.repeat(bytes) };
    const input = { region: 'us-west-2', detailType: 'IVS Stage Update', detail };
    const response = await fetch(`${url}/_control/putEvent`, { method: 'POST', body: JSON.stringify(input) });
    expect(response.status).toBe(200);
  };
  for (let count = 0; count < 15; count += 1) await put(9000);
  await put(10);
  const { deliveries } = (await (await fetch(`${url}/_control/events`)).json()) as { deliveries: object[] };
  expect(deliveries).toEqual([
    { file, delivered: 3, failed: 13, retries: 0, dropped: 0, waiting: 0, sending: false, last: {} },
  ]);
  const [cut, ...lines] = readFileSync(file, 'utf8').split('\n');
  expect(cut).toBe('{"an":"earlier run that was cut');
  expect(lines.pop()).toBe('');
  expect(lines.map((line) => JSON.parse(line).detail.event_name.length)).toEqual([9000, 9000, 10]);
  const lost = `ivs-graphql emulator: events file ${file}: an event is lost, since it cannot be written: EFBIG: file too large, write`;
  expect(
    said.err
      .trim()
      .split('\n')
      .filter((line) => line.includes('events file')),
  ).toEqual([
    ...Array.from({ length: 9 }, () => lost),
    `${lost}. Further losses are counted by GET /_control/events only`,
    `ivs-graphql emulator: events file ${file}: events are written again, after 13 lost ones`,
  ]);
  expect(child.exitCode).toBeNull();
});
