import {
  connectInstancesOf,
  healthInstances,
  instanceKey,
  instances,
  summariseServices,
} from '@chancery/catalog';
import { allIntentions } from '@chancery/config-entries';
import { serviceKey, serviceRef } from '@chancery/identity';
import type { View } from '@chancery/store';
import { counted } from '../counted.ts';
import { bounded, type Found, ok, warning } from './finding.ts';

const listing = 'chancery status tells of all';
/** What Consul calls its own servers in the catalog. */
const servers = 'consul';

/** Services that nobody can reach, and sidecars and rules that nobody is behind. */
export function serviceFindings(view: View): readonly Found[] {
  const found = [
    ...bounded(ailing(view), listing),
    ...bounded(missingUpstreams(view), listing),
    ...bounded(orphans(view), listing),
    ...bounded(unenforced(view), listing),
  ];
  return found.length > 0 ? found : [ok('services', allWell(view))];
}

function allWell(view: View): string {
  const names = [...summariseServices(view).keys()].filter((name) => name !== servers);
  if (names.length === 0) return 'none is registered yet: chancery services register FILE';
  return `${counted(names.length, 'service')}, each with an instance that passes its checks`;
}

function ailing(view: View): readonly Found[] {
  return [...summariseServices(view).values()]
    .filter(({ instances: all, critical }) => all > 0 && critical === all)
    .map(({ name, instances: all }) => {
      const who = all === 1 ? 'its only instance is' : `all of its ${all} instances are`;
      const message = `${name} can be reached by nobody: ${who} critical: ${complaint(view, name)}`;
      return warning('services', message, `mend ${name}, or its check`);
    });
}

const outputAtMost = 160;

/** What the first check says that does not pass. */
function complaint(view: View, name: string): string {
  const rows = view.query(healthInstances, serviceKey(serviceRef(name)));
  const critical = rows
    .flatMap((row) => row.checks)
    .find(({ state }) => state.status === 'critical');
  const [line = ''] = critical?.state.output.trim().split('\n') ?? [];
  const output = line.length > outputAtMost ? `${line.slice(0, outputAtMost)}…` : line;
  return `${critical?.check.checkId}: ${output || 'it has not reported yet'}`;
}

/** What sidecars are to reach and nobody serves. */
function missingUpstreams(view: View): readonly Found[] {
  const summaries = summariseServices(view);
  return [...summaries.values()].flatMap(({ name, upstreams }) =>
    upstreams
      .filter((upstream) => !summaries.has(upstream))
      .map((upstream) => {
        const message = `${name} declares the upstream ${upstream}, of which there is no instance`;
        return warning(
          'services',
          message,
          `register ${upstream}, or take it out of the upstreams`,
        );
      }),
  );
}

/** Sidecars whose service is gone: they take connections, and have nobody to hand them to. */
function orphans(view: View): readonly Found[] {
  return view.all(instances).flatMap(({ node, service }) => {
    const { proxy, id } = service;
    if (proxy === undefined) return [];
    const { destinationServiceId: parent, destinationServiceName: name } = proxy;
    const isThere = parent
      ? view.get(instances, instanceKey(node, parent)) !== undefined
      : view.by(instances, 'service', serviceKey(serviceRef(name))).length > 0;
    if (isThere) return [];
    const message = `the sidecar ${id} stands for ${parent || name}, which is not registered on ${node}`;
    return [warning('sidecars', message, `chancery services deregister -id ${id}`)];
  });
}

/** Rules are enforced by what stands before a service. */
function unenforced(view: View): readonly Found[] {
  const named = new Set(view.query(allIntentions, '').map(({ destination }) => destination));
  return [...named].sort().flatMap((name) => {
    const key = serviceKey(serviceRef(name));
    const isServed = view.by(instances, 'service', key).length > 0;
    if (!isServed || view.query(connectInstancesOf, key).length > 0) return [];
    const message = `there are intentions about ${name}, and no sidecar stands before it: nothing enforces them`;
    return [warning('sidecars', message, `register ${name} with connect { sidecar_service {} }`)];
  });
}
