// The studio over HTTP; what it does in a browser is in test/browser/studio.test.ts.
import { readdirSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { CreateStageCommand, GetStageCommand } from '@aws-sdk/client-ivs-realtime';
import { expect, test } from 'vitest';
import { emulate, failureOf, TOWN_HALL } from './support/emulate.ts';

const PAGE = join(import.meta.dirname, '../../src/emulator/studio/page');

async function emulateStudio() {
  const emulated = await emulate({ seed: 'demo' });
  const { emulator } = emulated;
  const get = (path = '') => fetch(`${emulator.url}/_control/studio${path}`);
  const state = async (query: string) => (await get(`/state?${query}`)).json();
  return { ...emulated, get, state };
}

test('the page is served from its own files, which may load nothing else and stand in no frame', async () => {
  const { get, emulator } = await emulateStudio();
  expect(emulator.studioUrl).toBe(`${emulator.url}/_control/studio`);
  const page = await get();
  expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
  const html = await page.text();
  const linked = [...html.matchAll(/(?:href|src)="studio\/([^"]+)"/g)].map(([, file]) => file ?? '');
  expect(html).not.toMatch(/https?:|<style|<script>|style=|onclick/);
  expect(linked.length).toBeGreaterThan(4);
  for (const file of readdirSync(PAGE).filter((name) => name !== 'index.html')) {
    const response = await get(`/${file}`);
    expect(response.status, file).toBe(200);
    const policy = response.headers.get('content-security-policy');
    expect(policy).toContain("default-src 'none'; script-src 'self'; style-src 'self'");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toContain('unsafe');
    expect(await response.text()).not.toMatch(/innerHTML|https?:\/\/(?!www\.w3\.org)|eval\(/);
  }
  expect(readdirSync(PAGE)).toEqual(expect.arrayContaining(linked));
});

test.each(['/none.js', '/index.html', '/..%2fstudio.ts', '/page/studio.js', '/studio.ts'])(
  '%s is no file of the page',
  async (path) => {
    const { get } = await emulateStudio();
    const response = await get(path);
    expect([response.status, await response.json()]).toEqual([
      400,
      { error: expect.stringContaining('expected GET /_control/studio or a file of its page') },
    ]);
  },
);

/** Not with `fetch`, which has a Sec-Fetch-Mode of its own. */
const statusOf = (url: string, headers: Record<string, string>) =>
  new Promise((resolve, reject) => {
    const sent = request(url, { headers, agent: false });
    sent.on('error', reject).on('response', ({ statusCode }) => resolve(statusCode));
    sent.end();
  });
const link = { 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' };
const document = { ...link, 'sec-fetch-dest': 'document' };

test('a link of another page leads to the studio, and to nothing else of the control API', async () => {
  const { emulator } = await emulateStudio();
  const { studioUrl } = emulator;
  expect(await statusOf(studioUrl, document)).toBe(200);
  expect(await statusOf(studioUrl, { ...document, host: 'evil.example' })).toBe(403);
  expect(await statusOf(studioUrl, { ...link, 'sec-fetch-dest': 'iframe' })).toBe(403);
  expect(await statusOf(studioUrl, { 'sec-fetch-site': 'cross-site' })).toBe(403);
  for (const url of [`${studioUrl}/state`, `${studioUrl}/commands`, `${emulator.url}/_control/calls`])
    expect(await statusOf(url, document), url).toBe(403);
});

test('what it shows is bounded, and looking is no call', async () => {
  const { state, emulator } = await emulateStudio();
  for (let index = 0; index < 1000; index += 1)
    emulator.control.join({ stageArn: TOWN_HALL, userId: `guest-${index}` });
  const { view } = await state(`view=stages&arn=${TOWN_HALL}`);
  expect(view.stage.participants).toHaveLength(100);
  expect(view.stage.matching).toBeGreaterThan(1100);
  expect((await state(`view=stages&arn=${TOWN_HALL}&limit=9999`)).view.stage.participants).toHaveLength(500);
  expect((await state(`view=stages&arn=${TOWN_HALL}&limit=0`)).view.stage.participants).toHaveLength(100);
  const found = (await state(`view=stages&arn=${TOWN_HALL}&search=GUEST-77`)).view.stage;
  expect(found.participants.map(({ userId }: { userId: string }) => userId)).toContain('guest-777');
  expect(found.matching).toBe(11);
  expect(emulator.calls.count()).toBe(0);
});

test('it begins in the world with most in it, and shows another one when asked', async () => {
  const { state, emulator } = await emulateStudio();
  expect((await state('view=stages')).world).toEqual({ accountId: '123456789012', region: 'us-west-2' });
  const europe = await state('view=stages&account=123456789012&region=eu-west-1');
  expect(europe.world.region).toBe('eu-west-1');
  expect(europe.view.stages.items.map(({ name }: { name: string }) => name)).toContain('berlin-meetup');
  emulator.control.reset();
});

test('it tells forms of every command, with what each member can be', async () => {
  const { get, emulator } = await emulateStudio();
  const { commands, operations } = await (await get('/commands')).json();
  const listed = await (await fetch(`${emulator.url}/_control`)).json();
  expect(Object.keys(commands)).toEqual(Object.keys(listed.commands));
  expect(commands.freezeClock).toEqual({
    meaning: listed.commands.freezeClock.meaning,
    example: listed.commands.freezeClock.example,
    fields: expect.arrayContaining([
      { name: 'frozen', isRequired: true, expected: 'a boolean', type: 'boolean' },
    ]),
  });
  expect(commands.breachLimit.fields[0].choices).toEqual(['Concurrent Broadcasts', 'Concurrent Viewers']);
  expect(operations).toContainEqual({
    name: 'CreateStage',
    method: 'POST',
    path: '/CreateStage',
    members: expect.arrayContaining(['name', 'tags']),
  });
});

test('it shows the calls, newest first, the input and output of one, and requests that are none', async () => {
  const { state, realtime, post } = await emulateStudio();
  await realtime.send(new CreateStageCommand({ name: 'new' }));
  await failureOf(realtime.send(new GetStageCommand({ arn: `${TOWN_HALL}none` })));
  await post('/CreateStages', '{}');
  const { view, activity } = await state('view=calls');
  expect(activity).toEqual({ calls: 2, failed: 1, faults: 0 });
  expect(view.calls).toMatchObject([
    { operation: 'GetStage', status: 404, error: { type: 'ResourceNotFoundException' } },
    { operation: 'CreateStage', status: 200 },
  ]);
  expect(view.calls[1]).not.toHaveProperty('output');
  const opened = await state(`view=calls&search=createstage&call=${view.calls[1].requestId}`);
  expect(opened.view.calls).toHaveLength(1);
  expect(JSON.parse(opened.view.call.json)).toMatchObject({
    input: { name: 'new' },
    output: { stage: { name: 'new' } },
  });
  expect((await state('view=calls&show=failed')).view.calls).toMatchObject([{ operation: 'GetStage' }]);
  expect((await state('view=calls&show=unmatched')).view.unmatched).toMatchObject([
    { path: '/CreateStages' },
  ]);
});
