// A real browser before the real program, which sees to it that nothing comes from anywhere else.
import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { type BrowserContext, chromium, type Locator, type Page, type Request } from 'playwright-core';
import { launchServer, PROGRAM } from './processes.ts';

const CHROMIUM = process.env.CHROMIUM ?? '/usr/bin/chromium';
const MISSING = `no Chromium at ${CHROMIUM}: apt-get install chromium, or set CHROMIUM to the path of one`;
export const hasNoBrowser = !existsSync(CHROMIUM) && !process.env.CI;
if (hasNoBrowser) console.warn(`\n  What browsers show is NOT TESTED: ${MISSING}\n`);

export interface Browsing {
  browser: BrowserContext;
  page: Page;
  /** Requests to others than the origin. */
  strangers: string[];
  /** Errors on the console. */
  complaints: string[];
}
export interface Visit extends Omit<Browsing, 'browser'> {
  end(): Promise<void>;
}

async function serve(env: Record<string, string>): Promise<{ program: ChildProcess; origin: string }> {
  const { child, url } = await launchServer(PROGRAM, [], { PORT: '0', ...env });
  return { program: child, origin: url };
}

const launch = (): Promise<BrowserContext> =>
  // The first argument asks for a profile that is new, empty and thrown away.
  chromium.launchPersistentContext('', {
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

/** A new browser with an empty page, for one origin. */
export async function browse(origin: string): Promise<Browsing> {
  if (!existsSync(CHROMIUM)) throw new Error(MISSING);
  const browser = await launch();
  const strangers: string[] = [];
  const complaints: string[] = [];
  browser.on('request', (request) => {
    const { protocol, origin: asked } = new URL(request.url());
    if (protocol !== 'data:' && asked !== origin) strangers.push(request.url());
  });
  browser.on('console', (message) => message.type() === 'error' && complaints.push(message.text()));
  browser.on('weberror', (error) => complaints.push(String(error.error())));
  const page = await browser.newPage();
  page.setDefaultTimeout(20_000);
  return { browser, page, strangers, complaints };
}

/** Opens GraphiQL of a gateway with these settings. */
export async function visit(env: Record<string, string> = {}): Promise<Visit> {
  const { program, origin } = await serve(env);
  const { browser, ...rest } = await browse(origin);
  await browser.grantPermissions(['clipboard-read', 'clipboard-write'], { origin });
  await rest.page.goto(`${origin}/graphql`);
  return {
    ...rest,
    end: async () => {
      await browser.close();
      if (program.kill()) await once(program, 'exit');
    },
  };
}

/** Which operation GraphiQL takes the open tab for; it learns that late, and sooner it runs none. */
export const openOperation = (page: Page): Promise<string> =>
  page.evaluate(() => {
    const { tabs, activeTabIndex } = JSON.parse(localStorage.getItem('graphiql:tabState') ?? '{"tabs":[]}');
    return tabs[activeTabIndex]?.operationName;
  });

/** GraphiQL asks for the schema by itself, at any time after it has been loaded. */
const isOfTab = (request: Request): boolean =>
  request.method() === 'POST' && !request.postData()?.includes('IntrospectionQuery');

/** Presses the button and takes what comes. */
export async function runOpenTab(page: Page) {
  const answered = page.waitForResponse((response) => isOfTab(response.request()));
  await page.getByRole('button', { name: 'Execute query' }).click();
  return (await answered).json();
}

/** What an editor of the page shows, as one line. */
export const textOf = async (editor: Locator): Promise<string> =>
  ((await editor.textContent()) ?? '').replaceAll(/\s+/g, ' ');
