// Crowds at two replicas on one real Redis: each gathers those who wait in its own queue, at the rates that both share.
import { expect, it } from 'vitest';
import { crowd, makeMany } from '../../support/crowd.ts';
import { onEachRedis, startReplicas, throttled } from '../../support/redis.ts';
import { createSession } from '../../support/world.ts';

const MANY = 200;

onEachRedis('a crowd at two replicas', { timeout: 60_000 }, () => {
  it('is answered together at each, without a 429', async () => {
    const { lead, replicas } = await startReplicas(2, { cached: true });
    const channels = await makeMany(lead, 'Channel', MANY);
    const { stageArn, sessionId, participantIds } = await createSession(lead, MANY);
    const queries = [
      ...channels.map((arn) => `{ channel(arn: "${arn}") { name playbackUrl } }`),
      ...participantIds.map(
        (id) =>
          `{ participant(stageArn: "${stageArn}", sessionId: "${sessionId}", participantId: "${id}") { userId } }`,
      ),
    ];
    const start = lead.clock.now();
    const crowds = await Promise.all(
      replicas.map((replica, at) =>
        crowd(
          replica,
          queries.filter((_, index) => index % 2 === at),
        ),
      ),
    );
    for (const [at, { answers }] of crowds.entries())
      for (const [index, { data, errors }] of answers.entries()) {
        expect(errors).toBeUndefined();
        const place = (2 * index + at) % MANY;
        expect(data.channel?.name ?? data.participant.userId).toMatch(
          new RegExp(`^(channel|user)-${place}$`),
        );
      }
    const counts: Record<string, number> = {};
    for (const { calls } of crowds)
      for (const [operation, count] of Object.entries(calls))
        counts[operation] = (counts[operation] ?? 0) + count;
    expect((counts.GetChannel ?? 0) + (counts.BatchGetChannel ?? 0)).toBeLessThanOrEqual(20);
    // Pages are shared.
    expect((counts.GetParticipant ?? 0) + (counts.ListParticipants ?? 0)).toBeLessThanOrEqual(16);
    expect(lead.clock.now() - start).toBeLessThan(2_200);
    expect(throttled(lead)).toBe(0);
  });
});
