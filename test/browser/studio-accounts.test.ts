// The studio with several accounts: each button acts in the account and region that the page shows.
import { CreateStageCommand, IVSRealTimeClient, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { describe, expect, it, onTestFinished } from 'vitest';
import { TOWN_HALL } from '../emulator/support/emulate.ts';
import { hasNoBrowser } from '../support/browser.ts';
import { useStudio } from '../support/studio.ts';

const [OWN, OTHER] = ['123456789012', '222222222222'];
const place = { account: OTHER, region: 'us-west-2' };

describe.skipIf(hasNoBrowser)('the studio with two accounts that have a town-hall', () => {
  const studio = useStudio();
  const { open, row, button, dialog, said } = studio;

  const clientOf = (accessKeyId: string) => {
    const credentials = { accessKeyId, secretAccessKey: 'any' };
    const client = new IVSRealTimeClient({ region: 'us-west-2', endpoint: studio.emulator.url, credentials });
    onTestFinished(() => client.destroy());
    return client;
  };

  async function createStage(accessKeyId: string, name: string): Promise<string> {
    const { stage } = await clientOf(accessKeyId).send(new CreateStageCommand({ name }));
    return stage?.arn ?? '';
  }

  async function stagesOf(accessKeyId: string): Promise<(string | undefined)[]> {
    const { stages = [] } = await clientOf(accessKeyId).send(new ListStagesCommand({}));
    return stages.map(({ name }) => name);
  }

  async function openStage(): Promise<void> {
    await open({ ...place, view: 'stages', arn: await createStage(OTHER, 'town-hall') });
    await studio.page.getByRole('heading', { name: 'town-hall' }).waitFor();
  }

  it('lets participants join there, and makes tokens for it', async () => {
    const { page, emulator } = studio;
    await openStage();
    await page.getByLabel('User id').fill('zoe');
    await page.keyboard.press('Enter');
    await row('zoe').getByText('publishing').waitFor();
    await button('Token for town-hall').click();
    await button('Create participant token').click();
    await said('The token was copied.');
    emulator.control.join({ token: await page.evaluate(() => navigator.clipboard.readText()) });
    await page.getByText('All 2', { exact: true }).waitFor();
    await button('Leave zoe').click();
    await row('zoe').getByText('left').waitFor();
    await open({ account: OWN, region: 'us-west-2', view: 'stages', arn: TOWN_HALL });
    await page.getByText('All 120', { exact: true }).waitFor();
  });

  it('adds and removes faults, and clears calls, of it alone', async () => {
    const { page, emulator } = studio;
    await createStage(OTHER, 'town-hall');
    await stagesOf('any');
    emulator.control.addFault({ operation: 'GetStage', status: 500, account: OWN });
    await open({ ...place, view: 'faults' });
    await page.getByText('No faults').waitFor();
    await button('500 once').click();
    await said('Add fault: done');
    expect(emulator.control.faults({ account: OTHER }).faults).toMatchObject([place]);
    await button(`Remove all faults of account ${OTHER}`).click();
    await page.getByText('No faults').waitFor();
    await button('Add fault…').click();
    expect(await dialog().getByLabel('account').inputValue()).toBe(OTHER);
    expect(await dialog().getByLabel('region').inputValue()).toBe('us-west-2');
    await page.keyboard.press('Escape');
    await page.getByRole('link', { name: 'All accounts' }).click();
    await page.getByRole('list', { name: 'Faults' }).getByText('GetStage').waitFor();
    await page.getByRole('link', { name: `Account ${OTHER}` }).click();
    await page.keyboard.press('4');
    await button(`Clear the calls of account ${OTHER}`).click();
    await page.getByText('No calls').waitFor();
    expect(emulator.control.calls().counts).toEqual({ ListStages: 1 });
  });

  it('puts events and runs operations in it', async () => {
    const { page, emulator } = studio;
    const stageArn = await createStage(OTHER, 'town-hall');
    await open({ ...place, view: 'events' });
    await button('Put event…').click();
    expect(await dialog().getByLabel('account').inputValue()).toBe(OTHER);
    await dialog().getByLabel('detailType').fill('IVS Stream State Change');
    await dialog().getByLabel('detail', { exact: true }).fill('{ "event_name": "Stream Paused" }');
    await button('Put event').click();
    await page.getByRole('link', { name: 'Stream Paused' }).waitFor();
    expect(emulator.control.events({ account: OTHER }).events.at(-1)).toMatchObject(place);
    await open({ ...place, view: 'console', run: 'ListStages' });
    await button('Run').click();
    await page.getByLabel('Response').getByText(stageArn).waitFor();
  });

  it('moves the clock that it shows', async () => {
    const { page, emulator } = studio;
    const { time } = emulator.control.clock();
    emulator.control.freezeClock({ frozen: true, account: OTHER });
    await openStage();
    const clock = page.getByRole('group', { name: 'Clock of the emulator' });
    await clock.getByText('own clock').waitFor();
    await button('Advance the clock +1 h').click();
    await said('Advance clock: done');
    await page.keyboard.press('f');
    await button('Freeze the clock').waitFor();
    const ahead = Date.parse(emulator.control.clock({ account: OTHER }).time) - Date.parse(time);
    expect(ahead).toBeGreaterThanOrEqual(3_600_000);
    expect(emulator.control.clock()).toEqual({ time, frozen: false });
    await page.getByLabel('Account and region').selectOption({ label: `${OWN} · us-west-2 (14 stages)` });
    await page.getByRole('link', { name: /podcast-studio/ }).waitFor();
    await clock.getByText('own clock').waitFor({ state: 'hidden' });
  });

  it('takes, restores and deletes snapshots of it, and resets it', async () => {
    const { page, emulator } = studio;
    await createStage(OTHER, 'town-hall');
    await open({ ...place, view: 'snapshots' });
    await button('Take snapshot').click();
    await page.getByText(`account ${OTHER}`, { exact: true }).waitFor();
    const [taken] = emulator.control.snapshots().snapshots;
    expect(taken?.account).toBe(OTHER);
    await createStage(OTHER, 'later');
    await createStage(OWN, 'later');
    await button(`Restore ${taken?.id}`).click();
    await button('Yes').click();
    await said('Restore: done');
    expect(await stagesOf(OTHER)).toEqual(['town-hall']);
    await button(`Delete ${taken?.id}`).click();
    await page.getByText('No snapshots').waitFor();
    await button(`Reset… the worlds of account ${OTHER}`).click();
    await button('Yes').click();
    await said('Reset: done');
    expect(await stagesOf(OTHER)).not.toContain('town-hall');
    expect(await stagesOf(OWN)).toContain('later');
  });

  it('stays in it when it is gone or another one has more, and leads to any other one', async () => {
    const { page, emulator } = studio;
    emulator.control.reset({ seed: 'empty' });
    await createStage(OTHER, 'town-hall');
    await open({ view: 'stages' });
    await page.getByRole('link', { name: /town-hall/ }).waitFor();
    await button('Create stage').click();
    emulator.control.reset();
    await dialog().getByRole('button', { name: 'Create stage' }).click();
    await page.getByRole('heading', { name: 'my-stage' }).waitFor();
    expect(await stagesOf(OTHER)).toEqual(['my-stage']);
    emulator.control.reset();
    await page.getByText(`Nothing in account ${OTHER}, us-west-2`).waitFor();
    const picker = page.getByLabel('Account and region');
    await picker.selectOption({ label: 'Other account or region…' });
    await dialog().getByLabel('account').fill('33');
    await button('Show').click();
    await dialog().getByText('account: expected an account id of 12 digits').waitFor();
    await dialog().getByLabel('account').fill('333333333333');
    await button('Show').click();
    await page.getByText('Nothing in account 333333333333, us-west-2').waitFor();
    expect(await picker.inputValue()).toBe('333333333333 us-west-2');
  });

  it('lists a hundred of many, the busiest ones, and the one that it shows', async () => {
    const { page } = studio;
    const many = Array.from({ length: 130 }, (_, index) => String(400_000_000_000 + index));
    for (const account of many) await createStage(account, 'of-many');
    await createStage(OTHER, 'one');
    await createStage(OTHER, 'two');
    const last = many.at(-1) as string;
    await open({ account: last, region: 'us-west-2', view: 'stages' });
    await page.getByRole('link', { name: /of-many/ }).waitFor();
    const picker = page.getByLabel('Account and region');
    const listed = await picker.locator('option').allInnerTexts();
    expect(listed.length).toBeLessThanOrEqual(103);
    expect(listed).toContain(`${OTHER} · us-west-2 (2 stages)`);
    expect(await picker.inputValue()).toBe(`${last} us-west-2`);
    expect(listed.at(-2)).toMatch(/^… and \d+ with less in them$/);
  });
});
