// What the servers of this benchmark say: the same event to all.

/** @param {number} sequence */
export const eventOf = (sequence) => ({
  sequence,
  at: Date.now(),
  participantId: `participant-${sequence % 100}`,
  userId: 'alice',
  state: 'CONNECTED',
  published: true,
});

export const FIELDS = ['sequence', 'at', 'participantId', 'userId', 'state', 'published'];

export const SDL = `
  type Query { ok: Boolean }
  type Participant { sequence: Int! at: Float! participantId: ID! userId: String state: String published: Boolean }
  type Subscription { participantChanged(group: String, after: String): Participant! }
`;

/** Answers the orders of the benchmark: `say` an event, or what the process has used. @param {(sequence: number) => void} say */
export function obey(say, url) {
  process.on('message', (/** @type {any} */ order) => {
    if (order.say) say(order.say);
    if (order.measure) {
      const { user, system } = process.cpuUsage();
      for (let time = 0; time < 2; time += 1) globalThis.gc?.();
      process.send?.({ cpuMs: (user + system) / 1000, rss: process.memoryUsage.rss() });
    }
    if (order.cpu) {
      const { user, system } = process.cpuUsage();
      process.send?.({ cpuMs: (user + system) / 1000 });
    }
  });
  process.send?.({ url });
}
