// The studio as a person meets it: the emulator, a real browser, and nothing from anywhere else.
import { IVSRealTimeClient, ListStagesCommand } from '@aws-sdk/client-ivs-realtime';
import { describe, expect, it } from 'vitest';
import { failureOf, MAIN_STAGE, TOWN_HALL } from '../emulator/support/emulate.ts';
import { hasNoBrowser } from '../support/browser.ts';
import { useStudio } from '../support/studio.ts';

const credentials = { accessKeyId: 'any', secretAccessKey: 'any' };

describe.skipIf(hasNoBrowser)('the studio', () => {
  const studio = useStudio();
  const { open, openStage, row, button, dialog, said, focused } = studio;

  it('opens with the stages, leads from view to view by keys, and makes no call by itself', async () => {
    const { page, emulator } = studio;
    await page.goto(emulator.studioUrl);
    await page.getByRole('link', { name: /town-hall/ }).waitFor();
    const views = ['Stages', 'Channels', 'Compositions', 'Calls', 'Events', 'Faults', 'Snapshots', 'Console'];
    for (const [index, view] of views.entries()) {
      await page.keyboard.press(String(index + 1));
      await page.getByRole('heading', { level: 1, name: view }).waitFor();
      expect(await page.getByRole('navigation').locator('[aria-current=page]').innerText()).toContain(view);
    }
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Snapshots' }).waitFor();
    expect(emulator.calls.count()).toBe(0);
  });

  it('lets a participant join, publish and leave, by keyboard alone, and shows its name as text', async () => {
    const { page } = studio;
    await openStage();
    await page.getByRole('heading', { name: /town-hall/ }).waitFor();
    const name = '<img src=x onerror=alert(1)>';
    await page.keyboard.press('j');
    await page.keyboard.type(name);
    await page.keyboard.press('Tab');
    await page.keyboard.press('Space'); // without publishing
    await page.keyboard.press('Enter');
    await page.keyboard.press('Escape');
    await page.keyboard.press('/');
    await page.keyboard.type('onerror');
    await row(name).getByText('watching').waitFor();
    expect(await page.locator('#main img').count()).toBe(0);
    await button(`Publish ${name}`).focus();
    await page.keyboard.press('Enter');
    await row(name).getByText('publishing').waitFor();
    await page.keyboard.press('Tab');
    expect(await focused()).toBe(`Leave ${name}`);
    await page.keyboard.press('Enter');
    await row(name).getByText('left').waitFor();
  });

  it('shows what others do as it happens, and keeps focus and what is typed', async () => {
    const { page, emulator } = studio;
    await openStage();
    await button('Leave bob').focus();
    await page.getByLabel('User id').fill('not sent yet');
    await button('Leave bob').focus();
    // Nor does it lose the focus for a moment, which screen readers would announce
    const losses = await page.evaluateHandle(() => {
      const counted = { count: 0 };
      document.addEventListener('focusout', () => {
        counted.count += 1;
      });
      return counted;
    });
    emulator.control.leave({ stageArn: TOWN_HALL, participantId: 'alice0000001' });
    await row('alice').waitFor({ state: 'hidden' });
    expect(await focused()).toBe('Leave bob');
    expect(await losses.jsonValue()).toEqual({ count: 0 });
    expect(await page.getByLabel('User id').inputValue()).toBe('not sent yet');
  });

  it('opens a participant: its events, and what else it can do', async () => {
    const { page } = studio;
    await openStage();
    await row('alice').getByRole('link').press('Enter');
    await page.getByText('PUBLISH_STARTED').waitFor();
    await button('Fail… alice').click();
    await dialog().getByLabel('errorCode').selectOption('BITRATE_EXCEEDED');
    await page.keyboard.press('Enter');
    await button('Fail').click();
    await page.getByText('PUBLISH_ERROR · BITRATE_EXCEEDED').waitFor();
  });

  it('creates a stage and opens it, shows why that failed in its place, and deletes it when told twice', async () => {
    const { page, emulator } = studio;
    await open({ view: 'stages' });
    await button('Create stage').press('Enter');
    await dialog().getByRole('textbox').fill('{ "name": "no spaces please" }');
    await button('Create stage').last().click();
    await dialog().getByText('ValidationException').waitFor();
    await dialog().getByRole('textbox').fill('{ "name": ');
    await button('Create stage').last().click();
    await dialog().getByText('input: expected JSON').waitFor();
    await dialog().getByRole('textbox').fill('{ "name": "fresh" }');
    await button('Create stage').last().click();
    await page.getByRole('heading', { name: /fresh/ }).waitFor();
    expect(await dialog().count()).toBe(0);
    await page.getByText('Nobody has been here').waitFor();
    await button('Delete fresh').click();
    await page.keyboard.press('Escape');
    await button('Delete fresh').click();
    await dialog().getByRole('button', { name: 'Yes' }).click();
    await page.getByText('No stage is open').waitFor();
    expect(emulator.calls.counts()).toEqual({ CreateStage: 2, DeleteStage: 1 });
  });

  it('copies a token, with which a participant joins', async () => {
    const { page, emulator } = studio;
    await openStage();
    await button('Token for town-hall').click();
    await dialog().getByRole('button', { name: 'Create participant token' }).click();
    await said('The token was copied.');
    const token = await page.evaluate(() => navigator.clipboard.readText());
    expect(emulator.control.join({ token }).participantId).toMatch(/^\w{12}$/);
  });

  it('starves, stops and starts a stream', async () => {
    const { page } = studio;
    await open({ view: 'channels', arn: MAIN_STAGE });
    await button('Starve').click();
    await page.locator('.content').getByText('starving', { exact: true }).waitFor();
    await button('Recover').click();
    await page.locator('.content').getByText('healthy', { exact: true }).waitFor();
    await button('Stop stream').click();
    await page.getByLabel('Viewers').fill('4321');
    await page.keyboard.press('Enter');
    await page.locator('.content').getByText('4,321', { exact: true }).waitFor();
  });

  it('loses and recovers a destination of a composition', async () => {
    await open({ view: 'compositions' });
    await button('Lose broadcast').first().click();
    await button('Recover broadcast').click();
    await button('Recover broadcast').waitFor({ state: 'hidden' });
  });

  it('shows calls as they come, and faults strike them', async () => {
    const { page, emulator } = studio;
    await open({ view: 'faults' });
    await page.getByLabel('Calls of').selectOption('ListStages');
    await button('500 once').click();
    await said('Add fault: done');
    await page.keyboard.press('4');
    await page.getByText('No calls').waitFor();
    const client = new IVSRealTimeClient({
      region: 'us-west-2',
      endpoint: emulator.url,
      credentials,
      maxAttempts: 1,
    });
    expect(await failureOf(client.send(new ListStagesCommand({})))).toMatchObject({ status: 500 });
    await client.send(new ListStagesCommand({ maxResults: 7 }));
    client.destroy();
    const calls = page.getByRole('list', { name: 'Calls, newest first' }).getByRole('listitem');
    await expect
      .poll(() => calls.allInnerTexts())
      .toEqual([expect.stringMatching(/200\s+ListStages/), expect.stringMatching(/500\s+ListStages/)]);
    await calls.first().getByRole('link').click();
    await page.getByLabel('Call of ListStages', { exact: true }).getByText('"maxResults": 7').waitFor();
    await page.getByRole('link', { name: 'Failed 1' }).click();
    await expect.poll(() => calls.count()).toBe(1);
    await calls.getByText('fault-').waitFor();
    await page.keyboard.press('6');
    await page.getByRole('list', { name: 'Faults' }).getByText('struck 1').waitFor();
    await page.getByRole('button', { name: /^Remove fault-/ }).click();
    await page.getByText('No faults').waitFor();
  });

  it('freezes and advances the clock', async () => {
    const { page, emulator } = studio;
    await open({ view: 'events' });
    await page.keyboard.press('f');
    await page.getByRole('group', { name: 'Clock of the emulator' }).getByText('frozen').waitFor();
    const before = Date.parse(emulator.control.clock().time);
    await button('Advance the clock +1 h').click();
    await said('Advance clock: done');
    expect(Date.parse(emulator.control.clock().time) - before).toBe(3_600_000);
    await page.keyboard.press('f');
    await said('The clock runs');
    await button('Freeze the clock').waitFor();
    expect(emulator.control.clock().frozen).toBe(false);
  });

  it('runs every command from the console, and says which member is wrong beside it', async () => {
    const { page } = studio;
    await open({ view: 'console', run: 'setClock' });
    await page.getByLabel('time').fill('tomorrow');
    await button('Run').click();
    const field = page.locator('[data-field=time]');
    await field.getByText('setClock: time: expected a time of ISO 8601').waitFor();
    expect(await page.getByLabel('time').getAttribute('aria-invalid')).toBe('true');
    await page.getByLabel('time').fill('2030-01-01T00:00:00Z');
    await page.keyboard.press('Enter');
    await page.getByLabel('Response').getByText('"frozen": false').waitFor();
    await page.getByLabel('Run').first().selectOption('join');
    await page.getByRole('form', { name: 'join' }).waitFor();
    await button('Fill in the example').click();
    await button('Run').click();
    await page.getByLabel('Response').getByText('"participantId"').waitFor();
    await page.getByLabel('Run').first().selectOption('ListStages');
    await page.getByRole('form', { name: 'ListStages' }).waitFor();
    await page.getByLabel('Input').fill('{ "maxResults": 1 }');
    await button('Run').click();
    await page.getByLabel('Response').getByText('"nextToken"').waitFor();
  });

  it('takes, restores and deletes snapshots', async () => {
    const { page, emulator } = studio;
    await open({ view: 'snapshots' });
    await page.getByLabel('Name').fill('not a name');
    await page.keyboard.press('Enter');
    await said('snapshot: name: expected 1 to 128 letters');
    await page.getByLabel('Name').fill('before');
    await page.keyboard.press('Enter');
    await button('Restore before').waitFor();
    emulator.control.stopStream({ channelArn: MAIN_STAGE });
    await button('Restore before').click();
    await button('Yes').click();
    await said('Restore: done');
    expect(() => emulator.control.startStream({ channelArn: MAIN_STAGE })).toThrow('is live already');
    await button('Delete before').click();
    await page.getByText('No snapshots').waitFor();
  });

  it('resets when told twice', async () => {
    const { page, emulator } = studio;
    emulator.control.stopStream({ channelArn: MAIN_STAGE });
    await open({ view: 'snapshots' });
    await button('Reset… all worlds').click();
    await button('Yes').click();
    await said('Reset: done');
    await page.keyboard.press('2');
    await page.getByRole('link', { name: /main-stage\s+healthy/ }).waitFor();
  });
});
