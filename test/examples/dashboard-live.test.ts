// What the example dashboard shows by subscriptions, when they are interrupted, and when there are none.
import type { Request } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { hasNoBrowser } from '../support/browser.ts';
import { Dashboard } from '../support/dashboard.ts';

/** What the page polls where it has no subscription. */
const POLLS = /query (StageCounts|Connected|Streams)\b/;

const cursorIn = (messages: readonly string[], typename: string): string => {
  const text = messages.findLast((message) => message.includes(typename)) as string;
  return JSON.parse(text).payload.data.message.cursor;
};

describe.skipIf(hasNoBrowser)('the moderation dashboard, live', () => {
  let open: Dashboard;
  let stageArn: string;
  let polls: string[] = [];
  const status = (text: string | RegExp) =>
    open.page.getByRole('status').filter({ hasText: new RegExp(`^${new RegExp(text).source}$`) });
  const goToStage = () => open.goToStage(stageArn, /host/);
  const record = (request: Request) => {
    const poll = POLLS.exec(request.postData() ?? '')?.[0];
    if (poll) polls.push(poll);
  };

  beforeAll(async () => {
    open = await Dashboard.open();
    stageArn = await open.createStage('a-live-show');
    const { participantId } = open.join(stageArn, 'early');
    open.join(stageArn, 'host');
    open.emulator.control.leave({ stageArn, participantId });
    open.page.on('request', record);
  });

  afterAll(() => open?.close());

  beforeEach(() => {
    polls = [];
  });

  afterEach(async () => {
    await open.page.unrouteAll({ behavior: 'wait' });
    expect(open.strangers.splice(0), 'requests to others than the dashboard').toEqual([]);
  });

  it('shows who joins, publishes and leaves, and polls nothing for it', async () => {
    await goToStage();
    await status('Live').waitFor();
    const { participantId } = open.join(stageArn, 'guest');
    await open.row('guest').waitFor();
    open.emulator.control.publish({ stageArn, participantId });
    await open.page.getByRole('row', { name: /guest Connected Published/ }).waitFor();
    open.emulator.control.leave({ stageArn, participantId });
    await expect.poll(() => open.row('guest').count()).toBe(0);
    expect(polls).toEqual([]);
  });

  it('has the joins of the whole session in its chart, also of who has left before', async () => {
    await goToStage();
    await open.page.getByText('of all who came').first().waitFor();
    const counts = open.page.locator('.chart tbody td');
    const sum = async () => (await counts.allInnerTexts()).reduce((total, text) => total + Number(text), 0);
    const before = await sum();
    expect(before).toBeGreaterThanOrEqual(2);
    open.join(stageArn, 'another');
    await expect.poll(sum).toBe(before + 1);
    await open.page.getByLabel('Also those who have left').check();
    await open.page.getByRole('row', { name: /early Left/ }).waitFor();
  });

  it('counts on all stages who joins and leaves, and sees one that begins', async () => {
    const arn = await open.createStage('a-empty-hall');
    await open.go();
    await status('Live').waitFor();
    await open.page.getByRole('button', { name: 'More stages' }).click();
    await open.page.getByRole('link', { name: 'a-empty-hall Idle' }).waitFor();
    await status('Live').waitFor();
    polls = [];
    const { participantId } = open.join(arn, 'first');
    await open.page.getByRole('link', { name: 'a-empty-hall Live 1 connected' }).waitFor();
    open.join(arn, 'second');
    await open.page.getByRole('link', { name: 'a-empty-hall Live 2 connected' }).waitFor();
    open.emulator.control.leave({ stageArn: arn, participantId });
    await open.page.getByRole('link', { name: 'a-empty-hall Live 1 connected' }).waitFor();
    expect(polls).toEqual([]);
  });

  it('shows which channels go live and end, and who watches', async () => {
    const channels = await open.channels();
    const channelArn = channels['press-room'] as string;
    await open.go('streams');
    await status('Live').waitFor();
    const card = open.page.getByRole('listitem').filter({ hasText: 'press-room' });
    expect(await card.count()).toBe(0);
    open.emulator.control.startStream({ channelArn, viewerCount: 17 });
    await card.getByText('17 viewers').waitFor();
    open.emulator.control.stopStream({ channelArn });
    await expect.poll(() => card.count()).toBe(0);
    expect(polls).toEqual([]);
  });

  it('says that it reconnects, and is right when the gateway is back', async () => {
    const { participantId } = open.join(stageArn, 'leaver');
    await goToStage();
    await open.row('leaver').waitFor();
    await status('Live').waitFor();
    await open.stopGateway();
    await status('Reconnecting …').waitFor();
    await open.page.getByText(/last update \d/).waitFor();
    expect(await open.row('leaver').count(), 'what was there').toBe(1);
    open.emulator.control.leave({ stageArn, participantId });
    open.join(stageArn, 'newcomer');
    await open.startGateway();
    await status('Live').waitFor();
    await open.row('newcomer').waitFor();
    await expect.poll(() => open.row('leaver').count()).toBe(0);
    await expect.poll(() => open.row('host').count()).toBe(1);
    // The new process does not know what the old one has sent: a gap, or a poll that was first.
    await open.page.getByText(/Some changes were missed/).waitFor();
    await expect.poll(() => open.page.getByText('cannot be reached').count()).toBe(0);
    // And it goes on.
    open.join(stageArn, 'afterwards');
    await open.row('afterwards').waitFor();
  });

  it('continues behind the last cursor where a connection was lost, and has missed nothing', async () => {
    const sent: string[] = [];
    const received: string[] = [];
    let close = () => {};
    await open.page.routeWebSocket(/graphql/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((text) => {
        sent.push(String(text));
        server.send(text);
      });
      server.onMessage((text) => {
        received.push(String(text));
        socket.send(text);
      });
      // As a gateway that is drained.
      close = () => void socket.close({ code: 1012, reason: 'Service restart' });
    });
    // A poll would read the state meanwhile.
    await open.page.route('**/graphql', (route) =>
      POLLS.test(route.request().postData() ?? '') ? route.abort() : route.continue(),
    );
    await goToStage();
    await status('Live').waitFor();
    const cursor = cursorIn(received, 'ParticipantsState');
    sent.length = 0;
    close();
    open.join(stageArn, 'bystander');
    await open.row('bystander').waitFor();
    const subscribed = sent.map((text) => JSON.parse(text)).filter(({ type }) => type === 'subscribe');
    const { variables } = subscribed.find(({ payload }) => /Participants/.test(payload.query)).payload;
    expect(variables.after).toBe(cursor);
    expect(
      received.filter((text) => text.includes('ParticipantsState')),
      'no second state',
    ).toHaveLength(1);
    expect(await open.page.getByText(/Some changes were missed/).count()).toBe(0);
  });

  it('polls where the gateway has no subscriptions, and says so', async () => {
    // As a gateway that is older refuses them.
    await open.page.routeWebSocket(/graphql/, (socket) => {
      socket.onMessage((text) => {
        const { type, id } = JSON.parse(String(text));
        if (type === 'connection_init') socket.send(JSON.stringify({ type: 'connection_ack' }));
        const payload = [{ message: 'This gateway has no subscriptions' }];
        if (type === 'subscribe') socket.send(JSON.stringify({ type: 'error', id, payload }));
      });
    });
    await goToStage();
    await status('Not live: updated every 2 s').waitFor();
    await open.page.getByText('This gateway has no subscriptions').waitFor();
    open.join(stageArn, 'polled');
    await open.row('polled').waitFor();
    expect(polls).toContain('query Connected');
  });
});
