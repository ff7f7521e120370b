import { setTimeout as sleep } from 'node:timers/promises';
import { atOnce } from '../at-once.ts';
import { type CheckedServices, openCheckedServices } from '../checked-services.ts';
import type { Figure } from '../figure.ts';
import { connections, type LaunchedAgent, launchAgent } from '../subjects/launch-agent.ts';
import type { Measure } from './measure.ts';

const count = 5000;
const interval = '10s';
/** In which every check has run, and what their registration left behind is gone. */
const warmUpMs = 20_000;
/** The agent tells how late it was in the last ten seconds. */
const windowMs = 10_000;
const windows = 4;

/** Half of them over HTTP, half over TCP, each run once in ten seconds on one agent. */
export const healthChecks: Measure = {
  name: 'health-checks',
  async run(subject) {
    await using services = await openCheckedServices();
    await using agent = await launchAgent(subject);
    await agent.ready();
    await sleep(2 * windowMs);
    const idle = delayFigures('no checks', [delaysOf(await agent.client.agent.metrics())]);
    const checks = Array.from({ length: count }, (_, at) => at);
    await atOnce(checks, connections, {}, (at) => putCheck(agent, services, at));
    await sleep(warmUpMs);
    return [...(await watched(agent, services)), ...idle.map(unjudged)];
  },
};

/** What an agent that has nothing to do shows is the machine's delay. */
function unjudged({ goal: _, ...figure }: Figure): Figure {
  return figure;
}

function putCheck(agent: LaunchedAgent, services: CheckedServices, at: number): Promise<void> {
  const asked = at % 2 === 0 ? { HTTP: services.httpUrl } : { TCP: services.tcpAddress };
  return agent.client.agent.registerCheck({
    Name: `check-${at}`,
    Interval: interval,
    Timeout: '5s',
    ...asked,
  });
}

async function watched(
  agent: LaunchedAgent,
  services: CheckedServices,
): Promise<readonly Figure[]> {
  const before = { asked: services.asked(), cpuMs: agent.usage().cpuMs, at: performance.now() };
  const delays: Delays[] = [];
  for (let window = 0; window < windows; window++) {
    await sleep(windowMs);
    delays.push(delaysOf(await agent.client.agent.metrics()));
  }
  const seconds = (performance.now() - before.at) / 1000;
  const runs = services.asked() - before.asked;
  const { cpuMs, residentMiB } = agent.usage();
  const name = `${count} checks at ${interval}`;
  return [
    ...delayFigures(name, delays),
    { name: `${name}, runs`, value: runs / seconds, unit: '/s', moreIsBetter: true },
    { name: `${name}, server CPU a run`, value: (cpuMs - before.cpuMs) / runs, unit: 'ms' },
    { name: `${name}, resident memory`, value: residentMiB, unit: 'MiB' },
  ];
}

/** How late an event loop was, in milliseconds by quantile; empty for an agent that has none. */
type Delays = ReadonlyMap<string, number>;

function delaysOf(metrics: object): Delays {
  const { Gauges = [] } = metrics as { readonly Gauges?: readonly Gauge[] };
  const delays = Gauges.filter(({ Name }) => Name.endsWith('runtime.event_loop_delay_ms'));
  return new Map(delays.map(({ Labels, Value }) => [Labels?.['quantile'] ?? '', Value]));
}

interface Gauge {
  readonly Name: string;
  readonly Value: number;
  readonly Labels?: Readonly<Record<string, string>>;
}

function delayFigures(name: string, delays: readonly Delays[]): readonly Figure[] {
  const worst = (quantile: string): number =>
    Math.max(...delays.map((each) => each.get(quantile) ?? Number.NaN));
  if (delays.some((each) => each.size === 0)) return [];
  return [
    {
      name: `${name}, event loop delay p99`,
      value: worst('0.99'),
      unit: 'ms',
      goal: { atMost: 50 },
    },
    { name: `${name}, event loop delay, worst`, value: worst('1'), unit: 'ms' },
  ];
}
