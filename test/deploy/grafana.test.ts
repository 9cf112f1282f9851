// The dashboard and the alert rules name only what /metrics has, and are what Prometheus and Grafana read.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createMetrics } from '../../src/server/answer/metrics.ts';
import { EVENTS, heartbeat, listenForEvents } from '../support/events.ts';
import { startGateway } from '../support/gateway.ts';

const DIR = 'deploy/grafana';
const dashboardText = readFileSync(`${DIR}/dashboard.json`, 'utf8');
const rules = readFileSync(`${DIR}/alerts.yml`, 'utf8');

interface Panel {
  id: number;
  type: string;
  title: string;
  gridPos: { x: number; y: number; w: number; h: number };
  targets?: { expr: string; refId: string; datasource: { uid: string } }[];
}
const { panels, templating } = JSON.parse(dashboardText) as {
  panels: Panel[];
  templating: { list: { name: string }[] };
};
const expressions = panels.flatMap(({ targets = [] }) => targets.map(({ expr }) => expr));

const hasPromtool = spawnSync('promtool', ['--version']).status === 0;
if (!hasPromtool) console.warn('SKIPPED: there is no `promtool`. On Debian: apt-get install prometheus');

/** Those of our own and of prom-client; recorded ones (`job:…`) are the rules' own. */
const namesIn = (text: string): string[] => [
  ...new Set(text.match(/(?<![:\w])(?:ivs_graphql|nodejs|process)_\w+/g)),
];

/** A gateway that has replicas and has done something of everything. */
async function metrics(): Promise<string> {
  const told = createMetrics({ version: '1.2.3' });
  const gateway = await startGateway({
    seed: 'demo',
    cached: true,
    metrics: told,
    rates: { ListStages: 1 },
    server: { events: EVENTS },
  });
  const { fetch, ask } = gateway;
  const query = '{ stages { nodes { name } } }';
  for (let times = 0; times < 2; times += 1) await ask(query);
  const { send } = await listenForEvents(gateway);
  await send(heartbeat());
  const response = await fetch('http://gateway/metrics');
  return response.text();
}

it('names only metrics that the gateway has', async () => {
  const text = await metrics();
  const known = new Set(text.match(/^(?!#)\w+/gm));
  // These are there where there is a Redis; metrics.test.ts has one.
  for (const name of ['ivs_graphql_redis_up', 'ivs_graphql_replicas']) known.add(name);
  for (const type of text.matchAll(/^# TYPE (\w+) counter$/gm)) known.add(type[1] as string);
  const named = namesIn(expressions.join('\n') + JSON.stringify(templating) + rules);
  expect(named.length).toBeGreaterThan(20);
  expect(named.filter((name) => !known.has(name))).toEqual([]);
});

it('shows every metric of its own', async () => {
  const own = [...(await metrics()).matchAll(/^# TYPE (ivs_graphql_\w+) /gm)].map(([, name]) => name);
  const shown = namesIn(expressions.join('\n')).map((name) => name.replace(/_(bucket|count|sum)$/, ''));
  expect(own.filter((name) => !shown.includes(name as string))).toEqual([]);
});

describe('the dashboard', () => {
  it('has panels of its own ids, side by side, each with the data source that is chosen', () => {
    expect(new Set(panels.map(({ id }) => id)).size).toBe(panels.length);
    const cells = panels.flatMap(({ gridPos: { x, y, w, h } }) =>
      Array.from({ length: w * h }, (_, cell) => `${x + (cell % w)},${y + Math.floor(cell / w)}`),
    );
    expect(new Set(cells).size).toBe(cells.length);
    for (const { gridPos } of panels) expect(gridPos.x + gridPos.w).toBeLessThanOrEqual(24);
    for (const { title, type, targets = [] } of panels) {
      expect([title, targets.length > 0]).toEqual([title, type !== 'row']);
      for (const { datasource } of targets) expect(datasource.uid).toMatch(/^\$\{datasource\}$/);
      expect(new Set(targets.map(({ refId }) => refId)).size).toBe(targets.length);
    }
  });

  it.skipIf(!hasPromtool)('asks in PromQL', () => {
    const dir = mkdtempSync(join(tmpdir(), 'grafana-'));
    onTestFinished(() => rmSync(dir, { recursive: true }));
    const asRules = expressions.map((expr, index) => ({
      record: `panel:${index}`.replace(/\d/g, (digit) => 'abcdefghij'[Number(digit)] as string),
      expr: expr.replaceAll(/\$__(rate_interval|range)/g, '5m').replaceAll('$job', '.+'),
    }));
    // JSON is YAML, too.
    writeFileSync(join(dir, 'rules.yml'), JSON.stringify({ groups: [{ name: 'panels', rules: asRules }] }));
    const { status, stdout, stderr } = spawnSync('promtool', ['check', 'rules', join(dir, 'rules.yml')], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`${expressions.length} rules found`);
  });
});

describe('the alert rules', () => {
  it.skipIf(!hasPromtool)('are rules, and fire for what they are for', () => {
    const promtool = (...args: string[]) => {
      const { status, stdout, stderr } = spawnSync('promtool', args, { cwd: DIR, encoding: 'utf8' });
      expect([status, stdout + stderr]).toEqual([0, expect.stringContaining('SUCCESS')]);
    };
    promtool('check', 'rules', 'alerts.yml');
    promtool('test', 'rules', 'alerts.test.yml');
  });
});
