import { type Instance, instanceKey, instances } from '@chancery/catalog';
import { serviceRef, serviceSni } from '@chancery/identity';
import type { Store } from '@chancery/store';
import { createLoadReports, type LoadReport, type LoadReports } from '@chancery/xds-server';
import type { SeenBook } from './seen-book.ts';

/** What reports are understood with. */
export interface LoadReportParts {
  readonly store: Pick<Store, 'view' | 'follow'>;
  /** The node whose proxies this agent serves. */
  readonly node: string;
  readonly datacenter: string;
  readonly trustDomain: string;
  readonly seen: SeenBook;
  /** Milliseconds since 1970. */
  readonly now: () => number;
}

/** Notes in a book what registered sidecars report of the upstreams that they declare. */
export function openLoadReports(parts: LoadReportParts): Pick<LoadReports, 'route'> & Disposable {
  const { store } = parts;
  const reports = createLoadReports({ onReport: notedIn(parts) });
  const follow = store.follow(
    instances,
    (rows) => {
      for (const [, row] of rows) if (row?.service.proxy) reports.hurry(row.service.id);
    },
    { skipPresent: true },
  );
  return { route: reports.route, [Symbol.dispose]: () => endBoth(follow, reports) };
}

function endBoth(...both: readonly Disposable[]): void {
  for (const each of both) each[Symbol.dispose]();
}

/** What is reported by strangers, and of anything but an upstream that is declared, does not count. */
export function notedIn(
  parts: Omit<LoadReportParts, 'store'> & { readonly store: Pick<Store, 'view'> },
): (report: LoadReport) => void {
  const { store, node, seen, now } = parts;
  const destinations = destinationsOf(parts);
  return ({ proxyId, cluster, issued }) => {
    const sidecar = store.view.get(instances, instanceKey(node, proxyId));
    const source = sidecar?.service.proxy?.destinationServiceName;
    const destination = sidecar && destinations(sidecar).get(cluster);
    if (source === undefined || destination === undefined) return;
    seen.add(source, destination, issued, now());
  };
}

/** The services behind the clusters of a sidecar, found once for each registration. */
function destinationsOf({
  datacenter,
  trustDomain,
}: Pick<LoadReportParts, 'datacenter' | 'trustDomain'>): (
  sidecar: Instance,
) => ReadonlyMap<string, string> {
  const known = new WeakMap<Instance, ReadonlyMap<string, string>>();
  return (sidecar) => {
    const found = known.get(sidecar) ?? clustersOf(sidecar, datacenter, trustDomain);
    known.set(sidecar, found);
    return found;
  };
}

function clustersOf(
  { service }: Instance,
  datacenter: string,
  trustDomain: string,
): ReadonlyMap<string, string> {
  const upstreams = service.proxy?.upstreams ?? [];
  return new Map(
    upstreams
      .filter((upstream) => (upstream.datacenter ?? datacenter) === datacenter)
      .map(({ destinationName: name }) => {
        const target = { service: serviceRef(name), datacenter };
        return [serviceSni(target, trustDomain), name];
      }),
  );
}
