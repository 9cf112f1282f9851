// Metrics of the events that AWS sends.
import { Counter, Gauge, Histogram, type Registry } from 'prom-client';
import type { EventObserver } from '../../events/receiver.ts';
import type { EventLog } from '../../upstream/changes.ts';

/** From the second that events are dated to, to the hours in which AWS still tries. */
const AGE_SECONDS = [1, 2, 5, 10, 30, 60, 300, 1800, 3600, 14_400];
/** One heartbeat a minute: two in a row are missing, and half a minute late. */
const HEARTBEAT_MS = 150_000;

export function eventObserver(registry: Registry, log: EventLog): EventObserver {
  const registers = [registry];
  const events = new Counter({
    name: 'ivs_graphql_events_total',
    help: 'Events of AWS received, by outcome',
    labelNames: ['kind', 'outcome'],
    registers,
  });
  const age = new Histogram({
    name: 'ivs_graphql_event_age_seconds',
    help: 'Age of accepted events when they arrived',
    labelNames: ['kind'],
    buckets: AGE_SECONDS,
    registers,
  });
  new Gauge({
    name: 'ivs_graphql_events_heartbeat_up',
    help: '1 if a scheduled event arrived within the last 150 seconds, at any replica; else 0',
    registers,
    collect() {
      this.set(Number((log.heartbeatAgeMs() ?? Number.POSITIVE_INFINITY) < HEARTBEAT_MS));
    },
  });
  return {
    received: (kind, outcome) => events.inc({ kind, outcome }),
    aged: (kind, seconds) => age.observe({ kind }, seconds),
  };
}
