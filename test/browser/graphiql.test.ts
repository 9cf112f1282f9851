// GraphiQL as a person meets it: the real program, a real browser, and nothing from anywhere else.
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { examples } from '../../src/server/graphiql/examples.ts';
import { hasNoBrowser, openOperation, runOpenTab, textOf, type Visit, visit } from '../support/browser.ts';

const names = examples.map(({ query }) => /^(?:query|mutation) (\w+)/m.exec(query)?.[1] ?? 'no name');

const IN_PARTS = `query InParts {
  stages(first: 1) {
    nodes { name ... @defer { activeSession { participants(first: 3) { nodes { userId } } } } }
  }
}`;

describe.skipIf(hasNoBrowser)('GraphiQL', () => {
  let visited: Visit;
  const tabs = () => visited.page.getByRole('tab');
  const response = () => textOf(visited.page.locator('.graphiql-response'));
  const cost = () => visited.page.getByRole('status').textContent();

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

  it.each(names.filter((name) => name !== 'DryRun'))('runs %s, opened with one click', async (name) => {
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

  it('shows what a query would cost, and neither runs it nor takes the answer for broken', async () => {
    await openTab('DryRun');
    const { data, extensions } = await runOpenTab(visited.page);
    expect([data, extensions.ivs.dryRun]).toEqual([null, true]);
    await expect.poll(cost).toBe(`Would make up to 521 AWS calls and wait ${extensions.ivs.waitMs} ms`);
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

  it('shows what an answer has cost that comes in parts', async () => {
    const link = new URL(visited.page.url());
    link.searchParams.set('query', IN_PARTS);
    await visited.page.goto(link.href);
    await expect.poll(() => openOperation(visited.page)).toBe('InParts');
    await visited.page.getByRole('button', { name: 'Execute query' }).click();
    await expect.poll(cost).toMatch(/^2 AWS calls, waited \d+ ms$/);
    expect(await response()).toContain('"userId"');
  });

  it('explains the schema', async () => {
    await visited.page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
    const docs = visited.page.locator('.graphiql-plugin');
    await docs.getByRole('link', { name: 'Query', exact: true }).click();
    await docs.getByRole('link', { name: 'stage', exact: true }).waitFor();
  });
});
