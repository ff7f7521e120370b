import type { ServiceRegistrationEntry } from '@chancery/client';
import { atOnce } from '../at-once.ts';
import type { Figure } from '../figure.ts';
import { median, quantile } from '../statistics.ts';
import { connections, type LaunchedAgent, launchAgent } from '../subjects/launch-agent.ts';
import type { Measure } from './measure.ts';

const services = 1000;
const sidecarsOfEach = 2;
const upstreamsOfEach = 3;
const intentionsOfEach = 3;

/** What a change would do, in a mesh of 1,000 services with two sidecars each, of which none is connected. */
export const plan: Measure = {
  name: 'plan',
  async run(subject, { rounds }) {
    // Nobody else can tell.
    if (subject.name !== 'Chancery') return [];
    await using agent = await launchAgent(subject);
    await agent.ready();
    await fill(agent);
    const [first, ...later] = await timesOf(rounds + 1, async (at) => {
      await planned(agent, intentions(at, 'deny'));
      // The next one is planned on another state.
      return () => apply(agent, intentions(at, 'deny'));
    });
    const applied = await timesOf(rounds, (at) => apply(agent, intentions(at, 'allow')));
    const everywhere = await timesOf(3, async () => {
      await planned(agent, {
        Kind: 'proxy-defaults',
        Name: 'global',
        AccessLogs: { Enabled: true },
      });
    });
    return [
      ...figures('plan of an intention', later, { atMost: 500 }),
      { name: 'plan of an intention, the first', value: first ?? Number.NaN, unit: 'ms' },
      ...figures('apply of an intention', applied),
      { name: 'plan of what every proxy gets', value: median(everywhere), unit: 'ms' },
    ];
  },
};

function figures(name: string, times: readonly number[], goal?: Figure['goal']): readonly Figure[] {
  return [
    { name, value: median(times), unit: 'ms', ...(goal && { goal }) },
    { name: `${name}, p95`, value: quantile(times, 0.95), unit: 'ms' },
  ];
}

/** How long each of some calls takes; what one gives back is done before the next, and does not count. */
async function timesOf(
  count: number,
  call: (at: number) => Promise<(() => Promise<unknown>) | unknown>,
): Promise<readonly number[]> {
  const times: number[] = [];
  for (let at = 0; at < count; at += 1) {
    const began = performance.now();
    const then = await call(at);
    times.push(performance.now() - began);
    if (typeof then === 'function') await then();
  }
  return times;
}

async function fill(agent: LaunchedAgent): Promise<void> {
  const all = Array.from({ length: services * sidecarsOfEach }, (_, at) => at);
  await atOnce(all, connections, {}, (at) => agent.client.agent.register(serviceEntry(at)));
  const entries = Array.from({ length: services }, (_, at) => intentions(at, 'allow'));
  await changed(agent, 'Apply', { change: { entries: entries.map((entry) => ({ entry })) } });
}

function serviceEntry(at: number): ServiceRegistrationEntry {
  const service = at % services;
  const Upstreams = Array.from({ length: upstreamsOfEach }, (_, place) => ({
    DestinationName: `app-${(service + 1 + place * 7) % services}`,
    LocalBindPort: 9101 + place,
  }));
  const SidecarService = { Proxy: { Upstreams } };
  return {
    ID: `app-${service}-${at}`,
    Name: `app-${service}`,
    Port: 8080,
    Connect: { SidecarService },
  };
}

/** What may talk to a service: its callers, of which one is allowed or denied. */
function intentions(service: number, action: 'allow' | 'deny'): object {
  const Sources = Array.from({ length: intentionsOfEach }, (_, place) => ({
    Name: `app-${(service + services - 1 - place * 7) % services}`,
    Action: place === 0 ? action : 'allow',
  }));
  return { Kind: 'service-intentions', Name: `app-${service}`, Sources };
}

async function planned(agent: LaunchedAgent, entry: object): Promise<void> {
  const answer = await changed(agent, 'Plan', { change: { entries: [{ entry }] } });
  const { proxies, proxiesConsidered } = answer as {
    readonly proxies: readonly object[];
    readonly proxiesConsidered: number;
  };
  const isWhole =
    proxies.length >= sidecarsOfEach && proxiesConsidered === services * sidecarsOfEach;
  if (!isWhole)
    throw new Error(`${proxies.length} of ${proxiesConsidered} proxies were planned for`);
}

/** Makes a change as it is planned. */
async function apply(agent: LaunchedAgent, entry: object): Promise<void> {
  const change = { entries: [{ entry }] };
  const { digest } = (await changed(agent, 'Plan', { change })) as { readonly digest: string };
  await changed(agent, 'Apply', { change, expectedDigest: digest });
}

async function changed(agent: LaunchedAgent, call: string, body: object): Promise<unknown> {
  const url = `http://127.0.0.1:${agent.ports.http}/chancery.mesh.v1.ChangeService/${call}`;
  const headers = { 'content-type': 'application/json' };
  const response = await fetch(url, { method: 'POST', headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${call}: ${response.status} ${await response.text()}`);
  return await response.json();
}
