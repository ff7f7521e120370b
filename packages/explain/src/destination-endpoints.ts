import {
  checksOfInstance,
  healthOf,
  type InstanceRow,
  instanceKey,
  instances,
} from '@chancery/catalog';
import { type CheckStatus, isIpAddress } from '@chancery/model';
import type { View } from '@chancery/store';
import type { ExplainedEndpoint } from './explanation.ts';
import { frontingInstances } from './fronting-instances.ts';

/**
 * Where a service takes mTLS connections: all that the catalog has, and which of them are among the addresses
 * that Envoy is given. An address of those that nobody registered is listed, too.
 */
export function destinationEndpoints(
  view: View,
  service: string,
  served: readonly string[],
): readonly ExplainedEndpoint[] {
  const used = new Set(served);
  const known = frontingInstances(view, service).map((row) => registered(view, row, used));
  const addresses = new Set(known.map(({ address }) => address));
  const others = served.filter((address) => !addresses.has(address)).map(unregistered);
  return [...known, ...others];
}

function registered(view: View, row: InstanceRow, used: ReadonlySet<string>): ExplainedEndpoint {
  const { node, service } = row;
  const host = service.address || row.on.node.address;
  const address = `${host.includes(':') ? `[${host}]` : host}:${service.port}`;
  const health = healthOfAll(view, row);
  const isUsed = used.has(address);
  const note = isUsed ? '' : whyUnused(view, row, health);
  return { instance: service.id, node, address, health, used: isUsed, note };
}

function unregistered(address: string): ExplainedEndpoint {
  const note = 'given by the custom configuration of the upstream';
  return { instance: '', node: '', address, health: 'unknown', used: true, note };
}

/** The instance itself, and what it fronts. */
function subjectsOf({ node, service }: InstanceRow): readonly string[] {
  const parent = service.proxy?.destinationServiceId ?? '';
  const ids = parent === '' ? [service.id] : [service.id, parent];
  return ids.map((id) => instanceKey(node, id));
}

const rank: readonly CheckStatus[] = ['passing', 'warning', 'critical'];

function healthOfAll(view: View, row: InstanceRow): CheckStatus {
  const found = subjectsOf(row).map((key) => rank.indexOf(view.query(healthOf, key) ?? 'passing'));
  return rank[Math.max(...found)] ?? 'passing';
}

function whyUnused(view: View, row: InstanceRow, health: CheckStatus): string {
  const [, parent] = subjectsOf(row);
  if (parent !== undefined && view.get(instances, parent) === undefined) {
    return `the service ${row.service.proxy?.destinationServiceId} that it fronts is gone`;
  }
  if (health === 'critical') return failing(view, row);
  const { address, port } = row.service;
  if (port === 0) return 'it has no port';
  if (!isIpAddress(address || row.on.node.address)) return 'Envoy takes only IP addresses';
  return 'it has no weight, or the upstream does not lead to it';
}

/** The first check that is critical, with what it found. */
function failing(view: View, row: InstanceRow): string {
  const subjects = [instanceKey(row.node, ''), ...subjectsOf(row)];
  const checks = subjects.flatMap((subject) => view.query(checksOfInstance, subject));
  const worst = checks.find(({ state }) => state.status === 'critical');
  if (worst === undefined) return 'critical';
  const [line = ''] = worst.state.output.split('\n', 1);
  const found = line.length > 100 ? `${line.slice(0, 100)}…` : line;
  return found === '' ? `check ${worst.check.name}` : `check ${worst.check.name}: ${found}`;
}
