import { setTimeout as sleep } from 'node:timers/promises';
import { atOnce } from '../at-once.ts';
import type { Figure } from '../figure.ts';
import { loadOf, openWatchers } from '../http/http-load.ts';
import { rates } from '../rates.ts';
import { quantile } from '../statistics.ts';
import { connections, type LaunchedAgent, launchAgent } from '../subjects/launch-agent.ts';
import { putInstance, type RemoteInstance } from './instances.ts';
import type { Measure } from './measure.ts';

const withinMs = 60_000;
const settleMs = 3000;
const path = '/v1/catalog/services?stale';

/** Thousands of instances, each of a name of its own: what they take, and what they cost who asks for the names. */
export const catalog: Measure = {
  name: 'catalog',
  async run(subject, { registrations: count }) {
    const figures: Figure[] = [];
    {
      await using agent = await launchAgent(subject);
      await agent.ready();
      figures.push(...rates('instances', await fill(agent, count)));
      figures.push(...(await full(agent, count)));
    }
    await using agent = await launchAgent(subject);
    await agent.ready();
    using _watchers = await openWatchers(agent.ports.http, path, 2);
    figures.push(...rates('instances while two watch names', await fill(agent, count)));
    return figures;
  },
};

function fill(agent: LaunchedAgent, count: number): Promise<readonly number[]> {
  const instances = Array.from({ length: count }, (_, at) => instanceAt(at));
  return atOnce(instances, connections, { withinMs }, (instance) => putInstance(agent, instance));
}

function instanceAt(at: number): RemoteInstance {
  const tags = ['http', `v${at % 5}`];
  return { node: `node-${at % 100}`, service: `app-${at}`, id: `app-${at}`, port: 8080, tags };
}

async function full(agent: LaunchedAgent, count: number): Promise<readonly Figure[]> {
  await sleep(settleMs);
  const { residentMiB } = agent.usage();
  const load = { path, holds: 'app-1', connections: 4, forMs: 3000 };
  const { perSecond, tookMs } = await loadOf(agent.ports.http, load);
  return [
    { name: `resident memory with ${count} instances`, value: residentMiB, unit: 'MiB' },
    { name: `reads of ${count} names`, value: perSecond, unit: '/s', moreIsBetter: true },
    { name: `reads of ${count} names, p99`, value: quantile(tookMs, 0.99), unit: 'ms' },
  ];
}
