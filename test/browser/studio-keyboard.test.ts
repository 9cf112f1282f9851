// The studio by keyboard: the focus is never lost, and keys are not.
import { describe, expect, it } from 'vitest';
import { TOWN_HALL } from '../emulator/support/emulate.ts';
import { hasNoBrowser } from '../support/browser.ts';
import { useStudio } from '../support/studio.ts';

describe.skipIf(hasNoBrowser)('the studio by keyboard', () => {
  const studio = useStudio();
  const { open, openStage, row, button, dialog, said } = studio;

  it('takes keys as soon as it says that a command is done', async () => {
    const { page } = studio;
    await open({ view: 'snapshots' });
    await button('Reset… all worlds').press('Enter');
    // The next state comes late, as under load
    let release = () => {};
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    await page.route(/studio\/state/, async (route) => {
      await released;
      await route.continue().catch(() => {}); // the page has given it up
    });
    await button('Yes').press('Enter');
    await said('Reset: done');
    await page.keyboard.press('2');
    release();
    await page.getByRole('heading', { level: 1, name: 'Channels' }).waitFor();
    await page.unroute(/studio\/state/);
  });

  it('goes on where it was when what had the focus is gone', async () => {
    const { page, emulator } = studio;
    await openStage();
    await button('Leave bob').press('Enter');
    await row('bob').waitFor({ state: 'hidden' });
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('carol');
    const ids = ['GetStage', 'ListStages'].map(
      (operation) => emulator.control.addFault({ operation, status: 500 }).id,
    );
    await open({ view: 'faults' });
    for (const id of ids) await button(`Remove ${id}`).press('Enter');
    await page.getByText('No faults').waitFor();
    expect(await page.evaluate(() => document.activeElement?.closest('main') !== null)).toBe(true);
  });

  it('reads another view from its start, and skips to the content without leaving the view', async () => {
    const { page } = studio;
    await open({ view: 'faults' });
    await button('Add fault…').focus();
    await page.keyboard.press('4');
    await page.getByRole('heading', { level: 1, name: 'Calls' }).waitFor();
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect(await page.title()).toBe('Calls – IVS Studio');
    await page.getByRole('link', { name: 'Skip to the content' }).press('Enter');
    expect(await page.evaluate(() => document.activeElement?.id)).toBe('main');
    expect(page.url()).toContain('view=calls');
  });

  it('says what j needs where no stage is open', async () => {
    await open({ view: 'faults' });
    await studio.page.keyboard.press('j');
    await said('Open a stage first');
  });

  it('reaches each control by Tab, and shows where it is', async () => {
    const { page } = studio;
    await open({ view: 'stages', arn: TOWN_HALL, participant: 'alice0000001', search: 'alice' });
    await row('alice').waitFor();
    const controls = await page.locator(':is(a, button, input, select, textarea):visible').count();
    await page.evaluate(() => document.body.focus());
    const seen = new Set<string>();
    for (let index = 0; index < controls + 5; index += 1) {
      await page.keyboard.press('Tab');
      const { id, ring } = await page.evaluate(focusRing);
      if (id === 'BODY') continue; // beyond the last control
      expect(ring, `ring of ${id}`).toBe('solid 2px');
      seen.add(id);
    }
    expect(seen.size).toBeGreaterThanOrEqual(controls);
  });

  it('shows a token that the browser does not copy', async () => {
    const { page } = studio;
    await openStage();
    await page.evaluate(() => {
      navigator.clipboard.writeText = () => Promise.reject(new Error('denied'));
    });
    await button('Token for town-hall').press('Enter');
    await button('Create participant token').press('Enter');
    await dialog().getByText('The browser refused to copy this').waitFor();
    expect(await page.evaluate(() => getSelection()?.toString())).toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    await page.keyboard.press('Escape');
  });
});

function focusRing() {
  const element = document.activeElement ?? document.body;
  const { outlineStyle, outlineWidth } = getComputedStyle(element);
  const id =
    element === document.body ? 'BODY' : String([...document.querySelectorAll('*')].indexOf(element));
  return { id, ring: `${outlineStyle} ${outlineWidth}` };
}
