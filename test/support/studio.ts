// The studio of an emulator in a real browser, for the tests of one file.
import type { Locator, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import { type Emulator, startEmulator } from '../../src/emulator/emulator.ts';
import { ManualClock } from '../emulator/support/clock.ts';
import { TOWN_HALL } from '../emulator/support/emulate.ts';
import { type Browsing, browse } from './browser.ts';

/** The browser's own words for a response that the page shows. */
const REFUSED = /the server responded with a status of 4\d\d/;

/** It is there from the first test on. Each begins with the demo world. */
export function useStudio() {
  const studio = {} as { emulator: Emulator; page: Page } & Browsing;

  beforeAll(async () => {
    const emulator = await startEmulator({ seed: 'demo', clock: new ManualClock() });
    Object.assign(studio, { emulator }, await browse(emulator.url));
    const permissions = ['clipboard-read', 'clipboard-write'];
    await studio.browser.grantPermissions(permissions, { origin: emulator.url });
  });
  afterAll(async () => {
    await studio.browser?.close();
    await studio.emulator?.close();
  });
  beforeEach(() => studio.emulator.control.reset());
  afterEach(() => {
    expect(studio.strangers.splice(0), 'requests to others than the emulator').toEqual([]);
    const complaints = studio.complaints.splice(0).filter((text) => !REFUSED.test(text));
    expect(complaints, 'errors on the console').toEqual([]);
  });

  const open = async (query: Record<string, string>) => {
    await studio.page.goto('about:blank');
    await studio.page.goto(`${studio.emulator.studioUrl}#${new URLSearchParams(query)}`);
    await studio.page.getByRole('navigation').getByRole('link', { name: 'Stages' }).waitFor();
  };
  return Object.assign(studio, {
    open,
    openStage: () => open({ view: 'stages', arn: TOWN_HALL }),
    row: (name: string): Locator => {
      const link = studio.page.getByRole('link', { name, exact: true });
      return studio.page.getByRole('main').getByRole('listitem').filter({ has: link });
    },
    button: (name: string): Locator => studio.page.getByRole('button', { name, exact: true }),
    dialog: (): Locator => studio.page.getByRole('dialog'),
    said: (text: string): Promise<void> => studio.page.getByRole('status').getByText(text).first().waitFor(),
    focused: (): Promise<string | null | undefined> =>
      studio.page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
  });
}
