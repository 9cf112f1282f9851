// GraphiQL where a token is asked for: what a person sees before, with a bad one, and with a good one.
import type { Locator, Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { hasNoBrowser, openOperation, runOpenTab, textOf, type Visit, visit } from '../support/browser.ts';
import { AUDIENCE, ISSUER, newKey, sign, startIssuer } from '../support/issuer.ts';

describe.skipIf(hasNoBrowser)('GraphiQL behind tokens', () => {
  it('says where the token goes, and explains the schema as soon as a good one is there', async () => {
    const key = await newKey('ES256', 'one');
    const { jwksUri } = await startIssuer([key.jwk]);
    const visited = await visit({
      AUTH_MODE: 'jwt',
      AUTH_JWKS_URI: jwksUri,
      AUTH_ISSUER: ISSUER,
      AUTH_AUDIENCE: AUDIENCE,
    });
    try {
      await comeAndGo(visited, (exp) => sign(key, { exp: Math.floor(Date.now() / 1000) + exp }));
    } finally {
      await visited.end();
    }
  });
});

async function comeAndGo({ page }: Visit, tokenFor: (seconds: number) => Promise<string>): Promise<void> {
  const response = () => textOf(page.locator('.graphiql-response'));
  const headers = page.getByRole('region', { name: 'Headers' }).locator('.graphiql-editor:not(.hidden)');
  await expect.poll(() => openOperation(page)).toBe('WhoIsLive');
  await page.getByRole('button', { name: 'Show Documentation Explorer' }).click();
  await page.getByText('Error fetching schema').waitFor();
  await expect.poll(() => textOf(headers)).toContain('<paste your token here>');
  await expect.poll(response).toContain('Put your token in the place of');

  await replace(page, headers, await tokenFor(-3600));
  await expect.poll(response).toContain('The token has expired');

  const token = await tokenFor(3600);
  await replace(page, headers, token);
  await page.locator('.graphiql-plugin').getByRole('link', { name: 'Query', exact: true }).waitFor();
  expect((await runOpenTab(page)).data.stages.nodes).toHaveLength(5);

  await page
    .getByRole('tab', { name: 'Health' })
    .getByRole('button', { name: 'Health', exact: true })
    .click();
  await expect.poll(() => openOperation(page)).toBe('Health');
  expect((await runOpenTab(page)).data.channel.name, 'with the token of the first tab').toBe('main-stage');
  const kept = await page.evaluate(() => JSON.stringify([localStorage, sessionStorage]));
  expect(await page.evaluate(() => localStorage['graphiql:queries'])).toContain('WhoIsLive');
  expect(kept).not.toContain(token);
  await page.getByRole('tab', { name: 'WhoIsLive' }).getByRole('button', { name: 'WhoIsLive' }).click();
  await page.getByRole('button', { name: 'Copy as curl' }).click();
  const copied = () => page.evaluate(() => navigator.clipboard.readText());
  await expect.poll(copied).toContain(`-H 'authorization: Bearer '"$TOKEN"`);
  expect(await copied()).not.toContain(token);
}

/** As people do it: select what is there, and paste. */
async function replace(page: Page, editor: Locator, token: string): Promise<void> {
  const text = JSON.stringify({ authorization: `Bearer ${token}`, 'x-ivs-cost': '1' });
  await page.evaluate((copied) => navigator.clipboard.writeText(copied), text);
  await editor.click();
  await page.keyboard.press('Control+A');
  await page.keyboard.press('Control+V');
}
