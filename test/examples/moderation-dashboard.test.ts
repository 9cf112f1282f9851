// The built example before a real gateway, in a real browser, on a world that the test moves.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Emulator } from '../../src/emulator/emulator.ts';
import { hasNoBrowser } from '../support/browser.ts';
import { Dashboard, example } from '../support/dashboard.ts';

const axe = join(example, 'node_modules/axe-core/axe.min.js');

const PEOPLE = 12;

describe.skipIf(hasNoBrowser)('the moderation dashboard', () => {
  let emulator: Emulator;
  let open: Dashboard;
  let stageArn: string;

  const join1 = (userId: string, on = stageArn) => open.join(on, userId);
  const createStage = (name: string) => open.createStage(name);
  const go = (path?: string) => open.go(path);
  const goToStage = (arn = stageArn, somebody = /guest-0/) => open.goToStage(arn, somebody);
  const badge = (name: string) => open.row(name);

  beforeAll(async () => {
    open = await Dashboard.open();
    emulator = open.emulator;
    stageArn = await createStage('night-show');
    for (let index = 0; index < PEOPLE; index += 1) join1(`guest-${index}`);
  });

  afterAll(() => open?.close());

  afterEach(async () => {
    await open.page.unrouteAll({ behavior: 'wait' });
    expect(open.strangers.splice(0), 'requests to others than the dashboard').toEqual([]);
    open.complaints.splice(0);
  });

  const hasFocus = (element: Locator) => element.evaluate((node) => node === document.activeElement);
  /** Keeps requests back until it is told to let them go. */
  const hold = async (what: RegExp): Promise<() => void> => {
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await open.page.route('**/graphql', async (route) => {
      if (what.test(route.request().postData() ?? '')) await released;
      await route.continue();
    });
    return release;
  };

  it('lists stages, the live ones with how many are there, and can go on', async () => {
    await go();
    const { page } = open;
    await page.getByRole('link', { name: /town-hall Live \d+\+? connected/ }).waitFor();
    await page.getByRole('button', { name: 'More stages' }).click();
    await page.getByRole('link', { name: `night-show Live ${PEOPLE} connected, 0 have published` }).waitFor();
    await page
      .getByRole('link', { name: /Idle No participants/ })
      .first()
      .waitFor();
    await page.getByLabel('Only live ones').check();
    await expect.poll(() => page.getByRole('link', { name: /Idle/ }).count()).toBe(0);
  });

  it('shows who is in a session at once, and their browsers and providers as AWS tells them', async () => {
    await goToStage();
    const { page } = open;
    await expect
      .poll(() => page.getByRole('row', { name: /guest-\d+ .*Firefox 145.*An ISP/ }).count())
      .toBe(PEOPLE);
    await page
      .getByText(/Joins over time/)
      .first()
      .waitFor();
    expect(await page.locator('.chart rect').count()).toBeGreaterThan(0);
    // What is known is not asked for again, however often the list is read.
    emulator.calls.reset();
    await expect.poll(() => emulator.calls.count('ListParticipants')).toBeGreaterThan(2);
    expect(emulator.calls.count('GetParticipant')).toBe(0);
  });

  it('sees who comes and who goes, without a reload', async () => {
    await goToStage();
    const { participantId } = join1('late');
    await badge('late').waitFor();
    await open.page.getByLabel('Also those who have left').check();
    emulator.control.leave({ stageArn, participantId });
    await open.page.getByRole('row', { name: /late Left/ }).waitFor();
  });

  it('disconnects many by keyboard alone, tells what became of each, and tries the failed ones again', async () => {
    await goToStage();
    const { page } = open;
    emulator.faults.add({
      operation: 'DisconnectParticipant',
      times: 1,
      status: 403,
      errorType: 'PendingVerification',
    });
    for (const name of ['guest-1', 'guest-2', 'guest-3']) {
      await page.getByRole('checkbox', { name: `Choose ${name}`, exact: true }).focus();
      await page.keyboard.press('Space');
    }
    await page.getByRole('button', { name: 'Disconnect 3' }).focus();
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog', { name: 'Disconnect 3 participants?' });
    await dialog.waitFor();
    await page.keyboard.type('Spam');
    await page.keyboard.press('Enter');
    await dialog.getByText('2 of 3 disconnected, 1 failed').waitFor();
    await dialog.getByText(/PENDING_VERIFICATION/).waitFor();
    await dialog.getByRole('button', { name: 'Try the 1 again' }).press('Enter');
    await dialog.getByText('3 of 3 disconnected', { exact: true }).waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => dialog.count()).toBe(0);
    await expect.poll(() => badge('guest-2').count()).toBe(0);
  });

  it('keeps the progress of a disconnect in sight until it ends, and can stop it', async () => {
    for (let index = 0; index < 8; index += 1) join1(`noisy-${index}`);
    await goToStage(stageArn, /noisy-7/);
    const { page } = open;
    await page.getByRole('searchbox', { name: 'Search' }).fill('NOISY');
    await page.getByText(/^8 of \d+ participants, 0 chosen$/).waitFor();
    await page.getByLabel('Choose all who are shown').check();
    const release = await hold(/Disconnect/);
    await page.getByRole('button', { name: 'Disconnect 8' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    const stop = dialog.getByRole('button', { name: 'Stop' });
    await expect.poll(() => hasFocus(stop)).toBe(true);
    // A browser lets a page refuse the first.
    for (let times = 0; times < 3; times += 1) await page.keyboard.press('Escape');
    await dialog.getByText('0 of 8 disconnected').waitFor();
    await expect.poll(() => hasFocus(stop)).toBe(true);
    await stop.press('Enter');
    release();
    await dialog.getByText('5 of 8 disconnected, 3 not sent').waitFor();
    await dialog.getByRole('button', { name: 'Continue with the 3 left' }).click();
    await dialog.getByText('8 of 8 disconnected', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => hasFocus(page.getByRole('searchbox', { name: 'Search' }))).toBe(true);
  });

  it('keeps a disconnect that runs when the page changes, and asks before the page is left', async () => {
    const arn = await createStage('a-back');
    for (let index = 0; index < 12; index += 1) join1(`leaver-${index}`, arn);
    const { page } = open;
    await go();
    await goToStage(arn, /leaver-11/);
    await page.getByLabel('Choose all who are shown').check();
    // A question that is not answered yet goes with its page.
    await page.getByRole('button', { name: 'Disconnect 12' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await page.goBack();
    await page.getByRole('heading', { name: 'Stages' }).waitFor();
    expect(await dialog.count()).toBe(0);
    await page.goForward();
    await page.getByLabel('Choose all who are shown').check();
    await page.getByRole('button', { name: 'Disconnect 12' }).click();
    const release = await hold(/Disconnect/);
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await dialog.getByRole('button', { name: 'Stop' }).waitFor();
    await page.goBack();
    await page.getByText('Only live ones').waitFor();
    await dialog.getByText('0 of 12 disconnected').waitFor();
    const asked = page.waitForEvent('dialog');
    // It returns at once, and the browser asks.
    await page.evaluate(() => void setTimeout(() => location.reload()));
    const question = await asked;
    expect(question.type()).toBe('beforeunload');
    await question.dismiss();
    release();
    await dialog.getByText('12 of 12 disconnected', { exact: true }).waitFor();
    await dialog.getByRole('button', { name: 'Close' }).click();
    await expect.poll(() => dialog.count()).toBe(0);
  });

  it('shows what became of the last one of a session that ends with it', async () => {
    const arn = await createStage('duet');
    join1('soloist', arn);
    await goToStage(arn, /soloist/);
    const { page } = open;
    await page.getByLabel('Choose soloist').check();
    await page.getByRole('button', { name: 'Disconnect 1' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByRole('button', { name: 'Disconnect' }).click();
    await page.getByText('no session is live').waitFor();
    await dialog.getByText('1 of 1 disconnected').waitFor();
  });

  it('counts, finds and sorts hundreds', async () => {
    const arn = await createStage('a-hall');
    for (let index = 0; index < 130; index += 1) join1(`crowd-${index}`, arn);
    const { page } = open;
    await goToStage(arn, /crowd-0\b/);
    await page.getByText('130 participants, 0 chosen').waitFor();
    await page.getByText('of all who came').first().waitFor();
    const rows = page.locator('tbody tr').filter({ has: page.getByRole('checkbox') });
    expect(await rows.count()).toBe(100);
    await page.getByRole('button', { name: 'More participants' }).click();
    await expect.poll(() => rows.count()).toBe(130);
    const user = page.getByRole('columnheader', { name: 'User' });
    await user.getByRole('button').click();
    await user.getByRole('button').click();
    expect(await user.getAttribute('aria-sort')).toBe('descending');
    await expect.poll(() => rows.first().innerText()).toContain('crowd-129');
    await page.getByRole('combobox', { name: 'Show' }).selectOption('Who have published');
    await page.getByText('No participant matches.').waitFor();
    await go();
    await page.getByRole('button', { name: 'More stages' }).click();
    await page.getByRole('link', { name: 'a-hall Live 130 connected' }).waitFor();
  });

  it('keeps in its place what is loading', async () => {
    const { page } = open;
    const release = await hold(/Stages/);
    await go();
    const place = page.getByRole('status', { name: 'Loading stages' });
    await place.waitFor();
    const reserved = await place.boundingBox();
    release();
    await page.getByRole('link', { name: /town-hall/ }).waitFor();
    expect(await page.locator('ul.cards').boundingBox()).toEqual(reserved);
  });

  it('closes a dialog without a deed with Escape', async () => {
    await goToStage();
    const { page } = open;
    emulator.calls.reset();
    await page.getByLabel('Choose all who are shown').check();
    const opener = page.getByRole('button', { name: /^Disconnect \d/ });
    await opener.click();
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await expect.poll(() => page.getByRole('dialog').count()).toBe(0);
    expect(await hasFocus(opener), 'where it was, with the same people chosen').toBe(true);
    expect(emulator.calls.count('DisconnectParticipant')).toBe(0);
  });

  it('revokes viewers with a result for each, and sends the retryable ones again', async () => {
    await go('viewers');
    const { page } = open;
    await page.getByRole('combobox', { name: 'Channel' }).selectOption({ label: 'main-stage ' });
    const isOpen = page.getByRole('option', { name: '(not private)' });
    expect(await isOpen.count()).toBeGreaterThan(0);
    for (const option of await isOpen.all()) expect(await option.isDisabled()).toBe(true);
    const field = page.getByLabel(/Viewers, one a line/);
    await field.fill('viewer-1\nviewer-2,x');
    await page.getByText('Line 2: expected a whole number behind the comma.').waitFor();
    expect(await page.getByRole('button', { name: /Revoke/ }).isDisabled()).toBe(true);
    await field.fill('viewer-1,2147483648');
    await page.getByText('Line 1: expected a version up to 2147483647.').waitFor();
    emulator.faults.add({ operation: 'BatchStartViewerSessionRevocation', times: 3, status: 500 });
    await field.fill('viewer-1\nviewer-2,3\n');
    await page.getByRole('button', { name: 'Revoke 2' }).click();
    await page.getByText('0 of 2 revoked, 2 failed').waitFor();
    await page.getByRole('row', { name: /2 viewer-2 UPSTREAM_UNAVAILABLE .* May help/ }).waitFor();
    // The form may say another channel by now.
    const channel = page.getByRole('combobox', { name: 'Channel' });
    const mainStage = await channel.inputValue();
    await channel.selectOption({ label: 'press-room ' });
    expect(await channel.inputValue()).not.toBe(mainStage);
    const again = page.waitForRequest((request) => /Revoke/.test(request.postData() ?? ''));
    await page.getByRole('button', { name: 'Try the 2 again' }).click();
    const { viewerSessions } = (await again).postDataJSON().variables.input;
    expect(viewerSessions).toEqual([
      { channelArn: mainStage, viewerId: 'viewer-1' },
      { channelArn: mainStage, viewerId: 'viewer-2', viewerSessionVersionsLessThanOrEqualTo: 3 },
    ]);
    await page.getByText('2 of 2 revoked').waitFor();
    await page.getByRole('heading', { name: 'Results for main-stage' }).waitFor();
  });

  it('keeps what it had when the gateway is gone, says so, and goes on when it is back', async () => {
    await goToStage();
    const { page } = open;
    await open.stopGateway();
    await page
      .getByText('The gateway cannot be reached. Trying again. What you see is from before.')
      .waitFor();
    expect(await badge('guest-0').count()).toBe(1);
    await open.startGateway();
    await expect.poll(() => page.getByText('cannot be reached').count()).toBe(0);
  });

  it('asks for a token where the gateway wants one, and sends it', async () => {
    await open.stopGateway();
    const keys = {
      AUTH_ISSUER: 'https://issuer.example/',
      AUTH_AUDIENCE: 'ivs',
      AUTH_JWKS_URI: 'http://127.0.0.1:9/',
    };
    await open.startGateway({ AUTH_MODE: 'jwt', ...keys });
    await go();
    const { page } = open;
    await page.getByLabel('Token').fill('a.b.c');
    const sent = page.waitForRequest((request) => request.headers().authorization === 'Bearer a.b.c');
    await page.getByRole('button', { name: 'Use it' }).click();
    await sent;
    await page.getByLabel('Token').waitFor();
    await open.stopGateway();
    await open.startGateway();
    await page.evaluate(() => sessionStorage.clear());
  });

  it('says when a stage is gone', async () => {
    await go(`stages/${encodeURIComponent(stageArn.replace(/\w+$/, 'None00000001'))}`);
    await open.page.getByText('There is no such stage any more.').waitFor();
    // Cut off in the middle of a letter.
    await go('stages/%E0%A4%A');
    await open.page.getByText(/Expected an ARN/).waitFor();
    expect(await open.page.getByText('What you see is from before').count()).toBe(0);
  });

  it.each(['light', 'dark'] as const)('has nothing that shuts anybody out, in the %s', async (theme) => {
    const { page } = open;
    const audit = async () => {
      await page.evaluate(readFileSync(axe, 'utf8'));
      // biome-ignore lint/suspicious/noExplicitAny: what the script leaves in the page
      const { violations } = await page.evaluate(() => (globalThis as any).axe.run());
      return violations.map(({ id, nodes }: { id: string; nodes: { html: string }[] }) => [
        id,
        nodes[0]?.html,
      ]);
    };
    await go();
    await page.getByLabel('Theme').selectOption(theme);
    await page.getByRole('link', { name: /town-hall/ }).waitFor();
    expect(await audit()).toEqual([]);
    await goToStage();
    expect(await audit()).toEqual([]);
    await page.getByLabel('Choose all who are shown').check();
    await page.getByRole('button', { name: /^Disconnect \d/ }).click();
    expect(await audit()).toEqual([]);
    await page.keyboard.press('Escape');
    await go('viewers');
    await page.getByRole('combobox', { name: 'Channel' }).waitFor();
    expect(await audit()).toEqual([]);
    await go('streams');
    await page.getByText('main-stage').waitFor();
    expect(await audit()).toEqual([]);
  });

  it('fits on a phone', async () => {
    const { page } = open;
    await page.setViewportSize({ width: 320, height: 500 });
    const overflow = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await goToStage();
    expect(await overflow()).toBe(0);
    const table = page.getByRole('region', { name: 'Participants' });
    expect(await table.evaluate((node) => node.scrollWidth - node.clientWidth), 'nothing is cut').toBe(0);
    await table.getByText('An ISP').first().waitFor();
    await page
      .getByRole('checkbox', { name: /^Choose guest/ })
      .last()
      .check();
    // What is done with the chosen is in sight also from the end of a long list.
    const top = async () => (await page.getByRole('button', { name: 'Disconnect 1' }).boundingBox())?.y ?? -1;
    expect(await top()).toBeGreaterThanOrEqual(0);
    await go('viewers');
    await page.getByRole('combobox', { name: 'Channel' }).waitFor();
    expect(await overflow()).toBe(0);
    await go('streams');
    await page.getByText('main-stage').waitFor();
    expect(await overflow()).toBe(0);
    await page.setViewportSize({ width: 1280, height: 800 });
  });
});
