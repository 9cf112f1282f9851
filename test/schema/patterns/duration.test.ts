import { expect, it } from 'vitest';
import { secondsOf } from '../../../src/schema/patterns/duration.ts';
import { startGateway } from '../../support/gateway.ts';

it.each([
  ['59.9 seconds', '2026-01-01T00:00:00.000Z', '2026-01-01T00:00:59.900Z', 59],
  ['an end before the start, by clocks that differ', '2026-01-01T00:00:01Z', '2026-01-01T00:00:00Z', 0],
  ['no end', '2026-01-01T00:00:00Z', undefined, null],
  ['no start', undefined, '2026-01-01T00:00:00Z', null],
])('of %s', (_what, start, end, seconds) => {
  const dateOf = (text: string | undefined) => (text ? new Date(text) : undefined);
  expect(secondsOf({ startTime: dateOf(start), endTime: dateOf(end) })).toBe(seconds);
});

interface Timed {
  startTime: string | null;
  endTime: string | null;
  durationSeconds: number | null;
}

it('stands on what has a start and an end, and costs no call beside the list', async () => {
  const gateway = await startGateway({ seed: 'demo' });
  const stopped = 'arn:aws:ivs:us-west-2:123456789012:composition/TownHall0001';
  await gateway.data(`mutation { stopComposition(input: { arn: "${stopped}" }) { __typename } }`);
  await new Promise<void>((resolve) => void gateway.clock.after(60_000, resolve));
  gateway.calls();
  const times = 'startTime endTime durationSeconds';
  const { stages, channels, compositions } = await gateway.data(
    `{ stages(first: 3) { nodes { sessions { nodes { ${times} } } } }
       channels(first: 1) { nodes { streamSessions { nodes { ${times} } } } }
       compositions { nodes { ${times} destinations { ${times} } } } }`,
  );
  const timed: Timed[] = [
    ...stages.nodes.flatMap(({ sessions }: never) => (sessions as { nodes: Timed[] }).nodes),
    ...channels.nodes[0].streamSessions.nodes,
    ...compositions.nodes,
    ...compositions.nodes.flatMap(({ destinations }: { destinations: Timed[] }) => destinations),
  ];
  for (const { startTime, endTime, durationSeconds } of timed) {
    const seconds =
      startTime && endTime ? Math.floor((Date.parse(endTime) - Date.parse(startTime)) / 1000) : null;
    expect(durationSeconds).toBe(seconds);
  }
  const ended = timed.filter(({ durationSeconds }) => (durationSeconds ?? 0) > 0);
  expect(ended.length).toBeGreaterThan(8);
  expect(compositions.nodes.some(({ durationSeconds }: Timed) => durationSeconds)).toBe(true);
  expect(gateway.calls()).toEqual({
    ListStages: 1,
    ListStageSessions: 3,
    ListChannels: 1,
    ListStreamSessions: 1,
    ListCompositions: 1,
  });
});
