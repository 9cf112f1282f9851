// The studio in both themes, on a phone, with many participants, and when nobody looks.
import { describe, expect, it } from 'vitest';
import { startEmulator } from '../../src/emulator/emulator.ts';
import { MAIN_STAGE, TOWN_HALL } from '../emulator/support/emulate.ts';
import { hasNoBrowser } from '../support/browser.ts';
import { illegible, nameless, tooWide } from '../support/inspect-page.ts';
import { useStudio } from '../support/studio.ts';

const views = ['stages', 'channels', 'compositions', 'calls', 'events', 'faults', 'snapshots', 'console'];

describe.skipIf(hasNoBrowser)('the studio', () => {
  const studio = useStudio();
  const { open, openStage, row, button } = studio;

  /** With something open in it. */
  async function showView(view: string): Promise<void> {
    const arn = { stages: TOWN_HALL, channels: MAIN_STAGE }[view] ?? '';
    await open({ view, arn, participant: 'alice0000001' });
    await studio.page.locator('main :is(h1, h2):visible').first().waitFor();
  }

  it.each(['light', 'dark'] as const)('is legible in %s, as the system or its user has it', async (theme) => {
    const { page } = studio;
    await page.emulateMedia({ colorScheme: theme });
    studio.emulator.control.addFault({ operation: '*', status: 500 });
    for (const view of views) {
      await showView(view);
      expect(await page.evaluate(illegible), view).toEqual([]);
    }
    const lightness = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const automatic = await lightness();
    await page.keyboard.press('t');
    await page.keyboard.press('t');
    await button('Theme: Dark').waitFor();
    expect((await lightness()) === automatic).toBe(theme === 'dark');
    await page.reload();
    await button('Theme: Dark').waitFor();
    await page.keyboard.press('t');
    await button('Theme: Auto').waitFor();
    await page.emulateMedia({ colorScheme: null });
  });

  it('fits a phone, and names all that can be pressed or typed into', async () => {
    const { page } = studio;
    await page.setViewportSize({ width: 390, height: 844 });
    for (const view of views) {
      await showView(view);
      expect(await page.evaluate(tooWide), view).toEqual([]);
      expect(await page.evaluate(nameless), view).toEqual([]);
    }
    await showView('faults');
    const sizes = ['Add fault…', 'Remove all faults'].map((name) => button(name).boundingBox());
    const [add, remove] = await Promise.all(sizes);
    expect(add?.height).toBe(remove?.height);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  it('shows a hundred of a thousand participants, and finds any', async () => {
    const { page } = studio;
    for (let index = 0; index < 1000; index += 1)
      studio.emulator.control.join({ stageArn: TOWN_HALL, userId: `guest-${index}` });
    await openStage();
    await page.getByText('100 of 1,120 shown').waitFor();
    await page.getByRole('searchbox', { name: 'Search participants' }).fill('guest-777');
    await row('guest-777').waitFor();
    await expect.poll(() => page.locator('.people > li').count()).toBe(1);
  });

  it('asks nothing while it is hidden or paused, and says when the emulator is gone', async () => {
    const [own, tab] = [await startEmulator({ seed: 'demo' }), await studio.browser.newPage()];
    await tab.clock.install();
    await tab.goto(own.studioUrl);
    await tab.getByRole('link', { name: /town-hall/ }).waitFor();
    let reads = 0;
    tab.on('request', () => (reads += 1));
    const readsWithin = async (milliseconds: number) => {
      reads = 0;
      await tab.clock.runFor(milliseconds);
      return reads;
    };
    await tab.keyboard.press('p');
    // It stands there once the last response has come.
    await tab.getByText('Paused').waitFor();
    expect(await readsWithin(10_000)).toBe(0);
    await tab.keyboard.press('p');
    await tab.getByText('Live', { exact: true }).waitFor();
    await tab.waitForRequest(/state/);
    await tab.evaluate(hide);
    expect(await readsWithin(10_000)).toBe(0);
    await own.close();
    await tab.keyboard.press('p');
    await tab.getByRole('alert').getByText('The emulator does not respond.').waitFor();
    await tab.close();
    studio.strangers.length = 0;
    studio.complaints.length = 0;
  });
});

function hide() {
  Object.defineProperty(document, 'hidden', { get: () => true });
  document.dispatchEvent(new Event('visibilitychange'));
}
