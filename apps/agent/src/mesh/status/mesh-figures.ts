import type { MeshOverview, ServiceSummary } from '@chancery/mesh-api';
import { meshProblems } from './mesh-problems.ts';

/** What of the figures stays while the agent runs. */
export type AgentFacts = Pick<
  MeshOverview,
  'node' | 'datacenter' | 'trustDomain' | 'version' | 'startedAt' | 'defaultAction'
>;

/** What the figures are read from. Times in milliseconds since 1970. */
export interface FigureSources {
  readonly facts: AgentFacts;
  readonly services: () => Iterable<ServiceSummary>;
  readonly intentions: () => number;
  /** The proxies that have a stream now, and how many of them are not registered. */
  readonly connected: () => { readonly count: number; readonly strangers: number };
  /** Figures of the xDS side, by the names of its counters. */
  readonly xds: () => Readonly<Record<string, number>>;
  readonly rootEnds: () => number | undefined;
  readonly firstLeafEnds: () => number | undefined;
  readonly now: () => number;
}

/** The mesh in figures as they are now. */
export function meshFigures(sources: FigureSources): MeshOverview {
  const { facts, intentions, xds, rootEnds, firstLeafEnds, now } = sources;
  const counted = count(sources.services());
  const of = xds();
  const connected = sources.connected();
  const rootExpiresAt = rootEnds();
  const nextLeafExpiresAt = firstLeafEnds();
  const figures = {
    ...facts,
    ...counted,
    proxies: counted.proxies + connected.strangers,
    proxiesConnected: connected.count,
    typesSynced: of['types_synced'] ?? 0,
    typesPending: of['types_pending'] ?? 0,
    typesRejected: of['types_rejected'] ?? 0,
    intentions: intentions(),
    ...(rootExpiresAt !== undefined && { rootExpiresAt }),
    ...(nextLeafExpiresAt !== undefined && { nextLeafExpiresAt }),
    pushes: of['responses'] ?? 0,
    acknowledgements: of['acks'] ?? 0,
    rejections: of['nacks'] ?? 0,
  };
  return { ...figures, problems: meshProblems(figures, now()) };
}

function count(
  services: Iterable<ServiceSummary>,
): Pick<
  MeshOverview,
  | 'services'
  | 'instances'
  | 'instancesPassing'
  | 'instancesWarning'
  | 'instancesCritical'
  | 'proxies'
> {
  const sum = {
    services: 0,
    instances: 0,
    instancesPassing: 0,
    instancesWarning: 0,
    instancesCritical: 0,
    proxies: 0,
  };
  for (const { instances, passing, warning, critical, sidecars } of services) {
    sum.services += 1;
    sum.instances += instances;
    sum.instancesPassing += passing;
    sum.instancesWarning += warning;
    sum.instancesCritical += critical;
    sum.proxies += sidecars;
  }
  return sum;
}
