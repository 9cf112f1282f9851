// Takes docs/images/studio.png and graphiql.png anew, from the built program: node scripts/pictures.mjs
// Chromium is at /usr/bin/chromium, or where CHROMIUM says. That of the dashboard shows an example with packages of its own.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';
import { startEmulator } from '../dist/emulator/emulator.js';

const images = fileURLToPath(new URL('../docs/images/', import.meta.url));
const stage = 'arn:aws:ivs:us-west-2:123456789012:stage/TownHall0001';

async function takeStudio(page) {
  const emulator = await startEmulator({ seed: 'demo' });
  emulator.control.addFault({ operation: 'GetStage', status: 500, times: 2 });
  await page.setViewportSize({ width: 1180, height: 640 });
  await page.goto(`${emulator.studioUrl}#${new URLSearchParams({ view: 'stages', arn: stage })}`);
  await page.getByRole('heading', { name: 'town-hall' }).waitFor();
  await page.getByLabel('User id').fill('zoe');
  await page.keyboard.press('Enter');
  await page.getByText('zoe joined').waitFor();
  await page.screenshot({ path: `${images}studio.png` });
  await emulator.close();
}

async function takeGraphiql(page) {
  const gateway = spawn(process.execPath, ['dist/main.js', 'serve'], {
    env: { PATH: process.env.PATH, PORT: '0' },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  await page.setViewportSize({ width: 1280, height: 640 });
  await page.goto(`${await urlOf(gateway)}/graphql`);
  await page.getByRole('button', { name: 'Execute query' }).click();
  await page
    .getByText(/\d+ AWS calls/)
    .last()
    .waitFor();
  await page.getByText('"alice"').first().waitFor();
  await page.getByRole('button', { name: 'Hide editor tools' }).click();
  await page.getByRole('button', { name: 'Show editor tools' }).blur();
  await page.mouse.move(1000, 625); // no tooltip
  await page.waitForTimeout(2000); // the scrollbars of the editor fade
  await page.locator('[role=tooltip]').waitFor({ state: 'hidden' });
  await page.screenshot({ path: `${images}graphiql.png` });
  gateway.kill('SIGKILL'); // the page has connections open
  await once(gateway, 'exit');
}

/** The log says where it serves. */
async function urlOf(gateway) {
  let said = '';
  for await (const text of gateway.stderr) {
    said += text;
    const line = said.split('\n').find((one) => one.includes('"msg":"started"') && one.endsWith('}'));
    if (line) return new URL(JSON.parse(line).url).origin;
  }
  throw new Error(said);
}

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox', '--disable-gpu'],
});
const page = await browser.newPage();
await takeStudio(page);
await takeGraphiql(page);
await browser.close();
