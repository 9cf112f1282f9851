// Metrics of running subscriptions, read when Prometheus asks: a message to ten thousand clients is counted once for each.
import { Counter, Gauge, type Registry } from 'prom-client';

export interface LiveFacts {
  /** By transport. */
  readonly running: Readonly<Record<string, number>>;
  /** By reason. */
  readonly refused: Readonly<Record<string, number>>;
  /** Messages. */
  readonly sent: number;
  readonly gaps: number;
}

export function registerLive(registry: Registry, facts: LiveFacts): void {
  const registers = [registry];
  new Gauge({
    name: 'ivs_graphql_subscriptions',
    help: 'Running subscriptions, by transport',
    labelNames: ['transport'],
    registers,
    collect() {
      for (const [transport, count] of Object.entries(facts.running)) this.set({ transport }, count);
    },
  });
  new Counter({
    name: 'ivs_graphql_subscriptions_refused_total',
    help: 'Subscriptions refused: the gateway stops (draining), LIVE_MAX_SUBSCRIPTIONS (total) or subscriptionsPerCaller (caller)',
    labelNames: ['reason'],
    registers,
    collect() {
      this.reset();
      for (const [reason, count] of Object.entries(facts.refused)) this.inc({ reason }, count);
    },
  });
  const count = (name: string, help: string, read: () => number) =>
    new Counter({
      name: `ivs_graphql_${name}`,
      help,
      registers,
      collect() {
        this.reset();
        this.inc(read());
      },
    });
  count('subscription_messages_total', 'Messages sent to subscribers', () => facts.sent);
  count(
    'subscription_gaps_total',
    'Times that a subscriber was too slow and missed messages',
    () => facts.gaps,
  );
}
