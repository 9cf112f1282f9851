// GraphiQL as a person meets it: the real program, a real browser, and nothing from anywhere else.
import { spawnSync } from 'node:child_process';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Example, stageArn } from '../../src/server/graphiql/example.ts';
import { examples } from '../../src/server/graphiql/examples.ts';
import { liveExamples } from '../../src/server/graphiql/examples-live.ts';
import { hasNoBrowser, openOperation, runOpenTab, textOf, type Visit, visit } from '../support/browser.ts';
import { ask } from '../support/processes.ts';

const nameOf = ({ query }: Example) =>
  /^(?:query|mutation|subscription) (\w+)/m.exec(query)?.[1] ?? 'no name';
const names = examples.map(nameOf);
const live = liveExamples.map(nameOf);

/** Not as one JSON object: these have tests of their own. */
const apart = ['DryRun', 'Defer', ...live];

const RENAME = `mutation {
  updateStage(input: { arn: "${stageArn}", name: "town-hall" }) { __typename }
}`;

describe.skipIf(hasNoBrowser)('GraphiQL', () => {
  let visited: Visit;
  const tabs = () => visited.page.getByRole('tab');
  const response = () => textOf(visited.page.locator('.graphiql-response'));
  const cost = () => visited.page.locator('#cost').textContent();
  const copied = () => visited.page.evaluate(() => navigator.clipboard.readText());

  beforeAll(async () => {
    visited = await visit();
  });
  afterAll(() => visited?.end());
  afterEach(() => {
    expect(visited.strangers.splice(0), 'requests to others than the gateway').toEqual([]);
    expect(visited.complaints.splice(0), 'errors on the console').toEqual([]);
  });

  async function openTab(name: string): Promise<void> {
    const tab = visited.page.getByRole('tab', { name });
    await tab.getByRole('button', { name, exact: true }).click();
    await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => openOperation(visited.page)).toBe(name);
  }

  it('opens with the examples, a tab for each, all of them in sight', async () => {
    await expect.poll(() => tabs().allInnerTexts()).toEqual(names);
    const [last, title] = await Promise.all([
      tabs().last().boundingBox(),
      visited.page.locator('.graphiql-logo').boundingBox(),
    ]);
    expect((last?.x ?? 0) + (last?.width ?? 0)).toBeLessThan(title?.x ?? 0);
  });

  it.each(names.filter((name) => !apart.includes(name)))('runs %s, opened with one click', async (name) => {
    await openTab(name);
    const { data, errors, extensions } = await runOpenTab(visited.page);
    expect(errors).toBeUndefined();
    for (const [field, value] of Object.entries(data)) {
      expect(value).not.toBeNull();
      // It shows what becomes of somebody who is not there.
      if (field !== 'nobody') expect(value, 'an Error in the place of a payload').not.toHaveProperty('code');
    }
    // The editor holds no lines but those in sight.
    await expect.poll(response).toContain(`"${Object.keys(data)[0]}"`);
    await expect.poll(cost).toContain(`${extensions.ivs.calls} AWS call`);
  });

  it('shows with each tab what its own answer has cost, below it', async () => {
    await openTab('Health');
    const { extensions } = await runOpenTab(visited.page);
    const own = new RegExp(`^${extensions.ivs.calls} AWS calls?(, after waiting [\\d.]+ s)?$`);
    await expect.poll(cost).toMatch(own);
    await visited.page.getByRole('button', { name: 'New tab' }).click();
    await expect.poll(cost).toBe('');
    await visited.page.getByRole('tab', { selected: true }).getByLabel('Close Tab').click();
    await openTab('Health');
    await expect.poll(cost).toMatch(own);
    const [line, answer] = await Promise.all([
      visited.page.getByRole('status').boundingBox(),
      visited.page.locator('.result-window').boundingBox(),
    ]);
    expect(line?.y).toBeGreaterThanOrEqual((answer?.y ?? 0) + (answer?.height ?? 0));
  });

  it('keeps a history, which brings back what was run', async () => {
    await openTab('ById');
    await runOpenTab(visited.page);
    await openTab('Health');
    await visited.page.getByRole('button', { name: 'Show History' }).click();
    const history = visited.page.getByRole('region', { name: 'History' });
    await history.getByRole('button', { name: 'Set active' }).filter({ hasText: 'ById' }).first().click();
    await visited.page.getByRole('button', { name: 'Hide History' }).click();
    await expect.poll(() => openOperation(visited.page)).toBe('ById');
    expect((await runOpenTab(visited.page)).data.nodes).toHaveLength(2);
    // As it was, for the tests below.
    await visited.page.evaluate(() => {
      localStorage.clear();
      Storage.prototype.setItem = () => {};
    });
    await visited.page.goto(visited.page.url().replace(/\?.*/, ''));
  });

  it('copies what the open tab asks as a command that a shell can run', async () => {
    await openTab('DryRun');
    await visited.page.getByRole('button', { name: 'Copy as curl' }).click();
    await visited.page.getByRole('button', { name: 'Copied' }).waitFor();
    const { stdout } = spawnSync('sh', ['-c', await copied()], { encoding: 'utf8' });
    expect(JSON.parse(stdout).extensions.ivs).toMatchObject({ dryRun: true, calls: 521 });
  });

  it('has one pane below the other on a phone, as wide as the screen', async () => {
    const { page } = visited;
    await page.setViewportSize({ width: 390, height: 844 });
    try {
      await openTab('WhoIsLive');
      await runOpenTab(page);
      // Lines that would be cut into letters: the first value.
      await expect.poll(response).toContain('"town-hall"');
      const boxes = () =>
        Promise.all(['.graphiql-editors', '.result-window'].map((pane) => page.locator(pane).boundingBox()));
      await expect.poll(async () => (await boxes()).every((box) => (box?.width ?? 0) > 340)).toBe(true);
      const [editors, answer] = await boxes();
      expect(answer?.y).toBeGreaterThanOrEqual((editors?.y ?? 0) + (editors?.height ?? 0));
      await openTab('Defer');
      const variables = page.locator('.graphiql-editor-tool .graphiql-editor').first();
      const heightOf = async () => (await variables.boundingBox())?.height ?? 0;
      // Three lines of 20 px: `{`, the ARN and `}`.
      await expect.poll(heightOf).toBeGreaterThanOrEqual(60);
      expect(await page.locator('meta[name=viewport]').getAttribute('content')).toMatch(/device-width/);
    } finally {
      await page.setViewportSize({ width: 1280, height: 800 });
    }
  });

  it('shows what a query would cost, and neither runs it nor takes the answer for broken', async () => {
    await openTab('DryRun');
    const { data, extensions } = await runOpenTab(visited.page);
    expect([data, extensions.ivs.dryRun]).toEqual([null, true]);
    await expect.poll(cost).toMatch(/^Would make up to 521 AWS calls, and wait (\d+ s|\d min)$/);
    await expect.poll(response).toContain('"dryRun": true');
    expect(await response()).not.toContain('"errors"');
  });

  it('is where it was when it is loaded again', async () => {
    const open = () => visited.page.getByRole('tab', { selected: true }).innerText();
    for (const name of ['DryRun', 'Health']) {
      await openTab(name);
      await visited.page.reload();
      await expect.poll(() => tabs().allInnerTexts()).toEqual(names);
      expect(await open()).toBe(name);
      await expect.poll(() => openOperation(visited.page)).toBe(name);
      const { extensions } = await runOpenTab(visited.page);
      expect(extensions.ivs.dryRun).toBe(name === 'DryRun' ? true : undefined);
    }
  });

  it.each([
    ['in a tab beside those that are there', false, [...names, 'Sent']],
    ['in the first tab where nobody has been before', true, ['Sent', ...names]],
  ])('opens a query that somebody sent as a link, %s', async (_where, isNew, expected) => {
    const { page } = visited;
    const link = new URL(page.url());
    link.searchParams.set('query', 'query Sent { __typename }');
    if (isNew) {
      await page.evaluate(() => {
        localStorage.clear();
        // The page that is left writes its tabs a while after they have changed.
        Storage.prototype.setItem = () => {};
      });
    }
    await page.goto(link.href);
    await expect.poll(() => tabs().allInnerTexts()).toEqual(expected);
    await expect.poll(() => openOperation(page)).toBe('Sent');
    expect((await runOpenTab(page)).data).toEqual({ __typename: 'Query' });
  });

  it('says what is wrong with the syntax in the words of GraphQL alone', async () => {
    const link = new URL(visited.page.url());
    link.searchParams.set('query', 'query Broken { stages {');
    await visited.page.goto(link.href);
    await expect.poll(() => textOf(visited.page.locator('.graphiql-query-editor'))).toContain('Broken');
    // GraphiQL asks for the schema first, and stops at once what is run before.
    await visited.page.getByRole('button', { name: 'Execute query' }).click();
    await expect.poll(response).toContain('Syntax Error: Expected Name');
    expect(await response()).not.toContain('stack');
  });

  it('shows what an answer has cost that comes in parts', async () => {
    await openTab('Defer');
    await visited.page.getByRole('button', { name: 'Execute query' }).click();
    await expect.poll(cost).toMatch(/^\d AWS calls?(, after waiting [\d.]+ s)?$/);
    expect(await response()).toContain('"browserName"');
  });

  it.each(live)('shows the messages of %s as they come, until it is stopped', async (name) => {
    await openTab(name);
    const { page } = visited;
    const began = page.waitForResponse((one) => one.headers()['content-type'] === 'text/event-stream');
    await page.getByRole('button', { name: 'Execute query' }).click();
    await began;
    // The demo world moves by itself; what has no state waits for it, or for this.
    await ask(new URL(page.url()).origin, RENAME);
    await expect.poll(response).toContain('"__typename"');
    await expect.poll(response).not.toContain('"errors"');
    await expect.poll(cost).toMatch(/^\d AWS calls?$/);
    await page.getByRole('button', { name: 'Stop query' }).click();
    await page.getByRole('button', { name: 'Execute query' }).waitFor();
  });

  it('leads to the studio of the embedded emulator', async () => {
    const { page } = visited;
    const opened = page.waitForEvent('popup');
    await page.getByRole('link', { name: 'Emulator studio' }).click();
    const studio = await opened;
    await studio.getByRole('link', { name: /town-hall/ }).waitFor();
    await studio.close();
    // All of these are the emulator's own
    const { origin } = new URL(studio.url());
    expect(visited.strangers.splice(0).filter((url) => new URL(url).origin !== origin)).toEqual([]);
  });

  it('explains the schema', async () => {
    await visited.page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const docs = visited.page.locator('.graphiql-plugin');
    await docs.getByRole('link', { name: 'Query', exact: true }).click();
    await docs.getByRole('link', { name: 'stage', exact: true }).waitFor();
  });
});
