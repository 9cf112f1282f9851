// The metrics of the gateway, as it registers them.
import { Registry } from 'prom-client';
import { createMetrics } from '../../dist/server/answer/metrics.js';
import { code, codes, table } from './table.mjs';

const PREFIX = 'ivs_graphql_';

/** Stands for an upstream without calls. */
const upstream = {
  inFlight: () => 0,
  facts: () => ({ cache: { entries: 0, bytes: 0 }, reads: [], quota: [] }),
};
const shared = { isUp: () => true, replicas: () => 1 };

/** The registry is private to the gateway, and its text leaves out the labels of metrics without samples. */
function registered() {
  /** @type {any[]} */
  const found = [];
  const { registerMetric } = Registry.prototype;
  Registry.prototype.registerMetric = function (metric) {
    found.push(metric);
    return registerMetric.call(this, metric);
  };
  try {
    const metrics = createMetrics({ version: '' });
    const requests = metrics.requests(/** @type {any} */ ({ upstream, shared, responses: { facts() {} } }));
    requests.showLive({ running: {}, refused: {}, sent: 0, gaps: 0 });
    metrics.events(/** @type {any} */ ({}));
  } finally {
    Registry.prototype.registerMetric = registerMetric;
  }
  return found.filter(({ name }) => name.startsWith(PREFIX));
}

export function metrics() {
  const rows = registered().map(({ name, help, labelNames = [], constructor: Class }) => [
    code(name.slice(PREFIX.length)),
    Class.name.toLowerCase(),
    codes(labelNames) || '–',
    help,
  ]);
  return table(['name', 'type', 'labels', 'meaning'], rows);
}
