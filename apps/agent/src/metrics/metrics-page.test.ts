import { catalogTables } from '@chancery/catalog';
import { configEntryTables } from '@chancery/config-entries';
import type { PublicRoots } from '@chancery/http-api';
import { defineQuery, memoryJournal, openStore } from '@chancery/store';
import { expect, test } from 'vitest';
import { noShelf } from '../authority/leaf-shelf.ts';
import { Leafs } from '../authority/leafs.ts';
import { AgentMetrics } from './agent-metrics.ts';
import { measureRequests } from './http-metrics.ts';
import { measuredProbe } from './measured-probe.ts';
import { openMetrics } from './open-metrics.ts';
import { timedJournal } from './timed-journal.ts';
import { watchAgent } from './watch-agent.ts';

const telemetry = {
  metricsPrefix: 'consul',
  disableHostname: false,
  prometheusRetentionMs: 60_000,
  allowedPrefixes: [],
  blockedPrefixes: [],
  filterDefault: true,
};

const head = `# Metrics

\`GET /v1/agent/metrics\` answers in Consul's JSON, the numbers of the last ten seconds; with \`?format=prometheus\`
in Prometheus' text. Where Consul has the same figure it has the same name (\`consul_…\`), so its dashboards work; what
only this agent has is named \`chancery_…\`. In JSON names have dots in place of underscores, and gauges that Consul has
too carry the name of the host behind their first word, unless \`telemetry { disable_hostname = true }\`.

No label has a value that a client chooses: \`path\` is the part of a route before its first name. Only
\`chancery_xds_refused\` has names and places of what was declared, in twenty series at most; why it was refused is free
text, which \`chancery proxies\` tells. Figures of the process (\`process_…\`, \`nodejs_…\`) are those of prom-client.

This page is held by a test to what an agent shows.

| metric | kind | what it is |
|---|---|---|
`;

/** A line of the page for each metric of the agent itself. */
function page(text: string): string {
  const kinds = new Map(
    [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].map(([, name, kind]) => [name, kind]),
  );
  const rows = [...text.matchAll(/^# HELP ((?:consul|chancery)_\S+) (.*)$/gm)]
    .map(([, name, help]) => `| \`${name}\` | ${kinds.get(name)} | ${help} |`)
    .sort();
  return `${head}${rows.join('\n')}\n`;
}

test('the page of the metrics lists what an agent shows', async () => {
  const effects = { now: Date.now };
  using opened = openMetrics({ datacenter: 'dc1', telemetry }, effects);
  const { metrics } = opened;
  expect(metrics).toBeInstanceOf(AgentMetrics);
  const journal = timedJournal(memoryJournal(), metrics);
  await using store = await openStore({
    tables: [...catalogTables, ...configEntryTables],
    journal,
    ...effects,
  });
  using leafs = new Leafs({
    issue: () => Promise.reject(new Error('none')),
    renewalTime: () => 0,
    isCurrent: () => true,
    shelf: noShelf,
    random: () => 0,
    onFailure: () => undefined,
    ...effects,
  });
  const roots = defineQuery({
    name: 'test.roots',
    evaluate: (): PublicRoots => ({ trustDomain: 'x.consul', roots: [] }),
  });
  watchAgent(metrics, {
    store,
    datacenter: 'dc1',
    leafs,
    roots,
    xdsFigures: () => ({}),
    syncFigures: () => ({
      types: [{ type: 'cds', state: 'synced', proxies: 1 }],
      pendingMs: 0,
      sidecars: { connected: 1, absent: 0 },
      refused: [
        { proxy: 'db-proxy', type: 'cds', resource: 'db', path: '', origin: '', origin_path: '' },
      ],
    }),
    ...effects,
  });
  measureRequests(metrics);
  measuredProbe(async () => ({ status: 'passing' }), metrics);
  const text = (await metrics.prometheus()) ?? '';
  await expect(page(text)).toMatchFileSnapshot('../../../../docs/metrics.md');
});
