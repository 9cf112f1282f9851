// GraphiQL as a person meets it: the real program, a real browser, and nothing from anywhere else.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type BrowserContext, chromium, type Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { examples } from '../../src/server/examples.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const MISSING = `no Chromium at ${CHROMIUM}: apt-get install chromium, or set CHROMIUM to the path of one`;
const isSkipped = !existsSync(CHROMIUM) && !process.env.CI;
if (isSkipped) console.warn(`\n  GraphiQL is NOT TESTED: ${MISSING}\n`);

/** Which operation GraphiQL takes the open tab for; it learns that late, and sooner it runs none. */
const openOperation = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{"tabs":[]}');
    return tabs[activeTabIndex]?.operationName;
  });

const names = examples.map(({ query }) => /^(?:query|mutation) (\w+)/m.exec(query)?.[1] ?? 'no name');

async function serve(): Promise<{ program: ChildProcess; origin: string }> {
  const env = { PATH: process.env.PATH, PORT: '0', LOG_LEVEL: 'warn' };
  const program = spawn(process.execPath, ['dist/main.js'], { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let said = '';
  for await (const text of program.stdout) {
    said += text;
    const origin = /http:\/\/[\d.]+:\d+/.exec(said)?.[0];
    if (origin) return { program, origin };
  }
  throw new Error('dist/main.js ended before it was ready; is it built?');
}

describe.skipIf(isSkipped)('GraphiQL', { timeout: 60_000 }, () => {
  let program: ChildProcess;
  let browser: BrowserContext;
  let page: Page;
  let origin: string;
  const strangers: string[] = [];
  const complaints: string[] = [];

  beforeAll(async () => {
    if (!existsSync(CHROMIUM)) throw new Error(MISSING);
    ({ program, origin } = await serve());
    // The first argument asks for a profile that is new, empty and thrown away
    browser = await chromium.launchPersistentContext('', {
      executablePath: CHROMIUM,
      viewport: { width: 1280, height: 800 },
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-quic',
        '--no-first-run',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
      ],
    });
    browser.on('request', (request) => {
      const { protocol, origin: asked } = new URL(request.url());
      if (protocol !== 'data:' && asked !== origin) strangers.push(request.url());
    });
    browser.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
    browser.on('weberror', (error) => complaints.push(String(error.error())));
    page = await browser.newPage();
    page.setDefaultTimeout(20_000);
    await page.goto(`${origin}/graphql`);
  }, 60_000);

  afterAll(async () => {
    await browser?.close();
    if (program?.kill()) await once(program, 'exit');
  });

  afterEach(() => {
    expect(strangers.splice(0), 'requests to others than the gateway').toEqual([]);
    expect(complaints.splice(0), 'errors on the console').toEqual([]);
  });

  it('opens with the examples, a tab for each', async () => {
    await expect.poll(() => page.getByRole('tab').allInnerTexts()).toEqual(names);
  });

  it.each(names)('runs %s, opened with one click', async (name) => {
    const tab = page.getByRole('tab', { name });
    await tab.getByRole('button', { name, exact: true }).click();
    await expect.poll(() => tab.getAttribute('aria-selected')).toBe('true');
    await expect.poll(() => openOperation(page), { timeout: 15_000 }).toBe(name);

    const answered = page.waitForResponse((response) => response.request().method() === 'POST');
    await page.getByRole('button', { name: 'Execute query' }).click();
    const { data, errors } = await (await answered).json();
    expect(errors).toBeUndefined();
    for (const [field, value] of Object.entries(data)) {
      expect(value).not.toBeNull();
      expect(value, 'an Error in the place of a payload').not.toHaveProperty('code');
      await expect.poll(() => page.locator('.graphiql-response').textContent()).toContain(`"${field}"`);
    }
  });

  it('explains the schema', async () => {
    await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const docs = page.locator('.graphiql-plugin');
    await docs.getByRole('link', { name: 'Query', exact: true }).click();
    await docs.getByRole('link', { name: 'stage', exact: true }).waitFor();
  });
});
