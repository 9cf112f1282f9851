// Subscriptions through the routers.
import { describe, expect, it, onTestFinished } from 'vitest';
import { listen } from '../support/listen.ts';
import { METRICS_TOKEN, type Supergraph } from './supergraph.ts';

const ROOM = `subscription ($arn: ID!) {
  participants(stageArn: $arn) {
    __typename
    ... on ParticipantsState { nodes { userId } }
    ... on ParticipantJoined { participant { userId orders { id } } }
  }
}`;
const EVENTS = `subscription ($arn: ID!) {
  stageEvents(stageArns: [$arn]) { __typename ... on StageActivity { stage { name lookups token } } }
}`;
const UPDATE = 'mutation ($arn: ID!) { updateStage(input: { arn: $arn, name: "concert" }) { __typename } }';

export function subscriptions(supergraph: () => Supergraph): void {
  const arn = () => supergraph().world.stages[0]?.arn as string;
  const open = (query: string, more: Record<string, string> = {}) => {
    const { urls, token } = supergraph();
    const hive = { fetch: (_url: string, init: RequestInit) => fetch(`${urls.hive}/graphql`, init) } as never;
    return listen(hive, query, { arn: arn() }, { authorization: `Bearer ${token}`, ...more });
  };
  const running = async (): Promise<number> => {
    const headers = { authorization: `Bearer ${METRICS_TOKEN}` };
    const text = await (await fetch(`${supergraph().gateway}/metrics`, { headers })).text();
    return Number(/^ivs_graphql_subscriptions\{transport="sse"\} (\d+)$/m.exec(text)?.[1]);
  };

  describe('a subscription through hive', () => {
    it('sends the state, then who joins, to each client, and ends with its client', async () => {
      const { control } = supergraph();
      const clients = await Promise.all([1, 2, 3].map(() => open(ROOM)));
      for (const { next } of clients) {
        const { participants } = (await next()).data;
        expect(participants).toMatchObject({ __typename: 'ParticipantsState' });
        expect(participants.nodes).toHaveLength(100);
      }
      // Each client has a stream of its own.
      expect(await running()).toBe(3);
      const { participantId } = control.join({ stageArn: arn(), userId: 'late' });
      onTestFinished(() => control.leave({ stageArn: arn(), participantId }));
      for (const { until } of clients)
        expect(await until('ParticipantJoined')).toMatchObject([
          { participant: { userId: 'late', orders: [] } },
        ]);
      clients[0]?.close();
      await expect.poll(running).toBe(2);
      for (const { close } of clients) close();
      await expect.poll(running).toBe(0);
    });

    it('brings its token to the subgraphs, and resolves their fields anew with each message', async () => {
      const { ask, token } = supergraph();
      const { next } = await open(EVENTS);
      await expect.poll(running).toBe(1);
      const seen = [];
      for (const _time of [1, 2, 3]) {
        await ask('none', UPDATE, { arn: arn() });
        seen.push((await next()).data.stageEvents.stage);
      }
      const [{ lookups: before }] = seen;
      expect(seen).toEqual(
        [0, 1, 2].map((more) => ({ name: 'concert', lookups: before + more, token: `Bearer ${token}` })),
      );
    });

    it('is refused without a token', async () => {
      const { next } = await open(ROOM, { authorization: '' });
      expect((await next()).errors).toMatchObject([{ extensions: { code: 'UNAUTHENTICATED' } }]);
    });
  });

  it('a subscription through apollo is refused, since @apollo/gateway has none', async () => {
    const { errors } = await supergraph().ask('apollo', ROOM, { arn: arn() });
    expect(errors).toMatchObject([{ message: 'Execution of subscriptions not supported by gateway' }]);
  });
}
