import { JSDOM } from 'jsdom';
import type { IEnvironment } from 'relay-runtime';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { PEOPLE, start } from '../world.ts';
import { createEnvironment } from './environment.ts';
import detailsQuery from './generated/documentsDetailsQuery.graphql.ts';
import disconnectMutation, {
  type documentsDisconnectMutation,
} from './generated/documentsDisconnectMutation.graphql.ts';
import oneByOneQuery from './generated/documentsOneByOneQuery.graphql.ts';
import { persistedOperations } from './persisted.ts';

const { window } = new JSDOM('<div id="root"></div>');
beforeAll(() => {
  for (const name of ['window', 'document', 'navigator'] as const) vi.stubGlobal(name, window[name]);
});
afterAll(() => void vi.unstubAllGlobals());

/** The component on a page. React looks for its window when it is loaded. */
async function show(environment: IEnvironment, session: { stageArn: string; sessionId: string }) {
  const [{ Suspense }, { createRoot }, { RelayEnvironmentProvider }, { Session }] = await Promise.all([
    import('react'),
    import('react-dom/client'),
    import('react-relay'),
    import('./people.tsx'),
  ]);
  const page = window.document.createElement('div');
  const root = createRoot(page as never);
  const { stageArn, sessionId } = session;
  root.render(
    <RelayEnvironmentProvider environment={environment}>
      <Suspense fallback="Loading">
        <Session stageArn={stageArn} sessionId={sessionId} />
      </Suspense>
    </RelayEnvironmentProvider>,
  );
  const until = (happens: () => boolean) => vi.waitFor(() => expect(happens()).toBe(true), 10_000);
  const people = () => [...page.querySelectorAll('li')].map((item) => item.textContent);
  const states = () => [...page.querySelectorAll('li')].map((item) => item.getAttribute('data-state'));
  const more = () => page.querySelector('button');
  return { until, people, states, more };
}

describe('Relay', () => {
  it('pages through participants to the end with usePaginationFragment, one call for all pages of 100 or less, each participant once', async () => {
    const { gateway, session, url } = await start({ server: { persistedOperations } });
    const { until, people, more } = await show(createEnvironment(url), session);
    for (const count of [10, 20, 25]) {
      await until(() => people().length === count);
      more()?.dispatchEvent(new window.MouseEvent('click', { bubbles: true }));
    }
    expect(people()).toEqual(PEOPLE);
    expect(more()).toBeNull();
    expect(gateway.calls()).toEqual({ GetStageSession: 1, ListParticipants: 1 });
  });

  it('shows what a mutation has changed wherever it stands, by its id', async () => {
    const { session, url } = await start({ server: { persistedOperations } });
    const { commitMutation } = await import('relay-runtime');
    const environment = createEnvironment(url);
    const { until, people, states } = await show(environment, session);
    await until(() => people().length === 10);
    const input = { stageArn: session.stageArn, participantId: session.participantIds[3] as string };
    await new Promise<void>((resolve, reject) => {
      commitMutation<documentsDisconnectMutation>(environment, {
        mutation: disconnectMutation,
        variables: { input },
        onCompleted: () => resolve(),
        onError: reject,
      });
    });
    await until(() => states()[3] === 'DISCONNECTED');
    expect(states().filter((state) => state === 'DISCONNECTED')).toHaveLength(1);
  });

  it('takes deferred fragments as they come', async () => {
    const { gateway, session, url } = await start({ callRates: true, server: { persistedOperations } });
    const { fetchQuery } = await import('relay-runtime');
    const environment = createEnvironment(url);
    const { stageArn, sessionId } = session;
    await fetchQuery(environment, detailsQuery, { stageArn, sessionId }).toPromise();
    const browsers = () =>
      environment
        .getStore()
        .getSource()
        .getRecordIDs()
        .filter((id) => environment.getStore().getSource().get(id)?.browserName).length;
    await vi.waitFor(() => expect(browsers()).toBe(25), 10_000);
    expect(gateway.calls()).toEqual({ GetStageSession: 1, ListParticipants: 1, GetParticipant: 25 });
  });

  it('takes a streamed connection person by person', async () => {
    const { gateway, session, url } = await start({ callRates: true, server: { persistedOperations } });
    const { fetchQuery } = await import('relay-runtime');
    const environment = createEnvironment(url);
    const { stageArn, sessionId } = session;
    const source = environment.getStore().getSource();
    const list = () => {
      const id = source
        .getRecordIDs()
        .find((id) => id.endsWith('__documentsOneByOne_participants_connection'));
      return source.get(id ?? '') as { edges: { __refs: string[] }; pageInfo: { __ref: string } } | undefined;
    };
    const seen: (number | undefined)[] = [];
    await new Promise<void>((resolve, reject) => {
      fetchQuery(environment, oneByOneQuery, { stageArn, sessionId }).subscribe({
        next: () => seen.push(list()?.edges.__refs.length),
        complete: resolve,
        error: reject,
      });
    });
    expect([seen.at(0), seen.at(-1)]).toEqual([2, 25]);
    expect(new Set(seen).size).toBeGreaterThan(5);
    expect(source.get(list()?.pageInfo.__ref ?? '')).toMatchObject({ hasNextPage: false });
    expect(gateway.calls()).toEqual({ GetStageSession: 1, ListParticipants: 1, GetParticipant: 25 });
  });
});
