import type { CheckRow, HealthRow } from '@chancery/catalog';
import type { CheckStatus } from '@chancery/model';

/** A service with the proxies in front of it, summed up for a list of services. */
export interface ServiceSummary {
  readonly name: string;
  /** Empty for a plain service. */
  readonly kind: string;
  readonly tags: readonly string[];
  readonly nodes: readonly string[];
  /** Who registered it, where that is somebody else: `nomad`, `kubernetes`. */
  readonly externalSources: readonly string[];
  readonly instances: number;
  readonly checks: Readonly<Record<CheckStatus, number>>;
  readonly isNative: boolean;
  readonly hasProxy: boolean;
}

/** What a summary is made of: the instances of the name, and the proxies whose destination it is. */
export interface ServiceParts {
  readonly name: string;
  readonly instances: readonly HealthRow[];
  readonly proxies: readonly HealthRow[];
}

/** Sums up a service. The checks of its proxies and nodes count for it, each once. */
export function serviceSummary({ name, instances, proxies }: ServiceParts): ServiceSummary {
  const services = instances.map(({ instance }) => instance.service);
  const first = services[0];
  return {
    name,
    kind: first === undefined || first.kind === 'typical' ? '' : first.kind,
    tags: sorted(services.flatMap(({ tags }) => tags)),
    nodes: sorted(instances.map(({ instance }) => instance.node)),
    externalSources: sorted(services.flatMap(({ meta }) => meta['external-source'] ?? [])),
    instances: instances.length,
    checks: totals([...instances, ...proxies].flatMap(({ checks }) => checks)),
    isNative: services.some(({ connectNative }) => connectNative),
    hasProxy: proxies.length > 0,
  };
}

function totals(rows: readonly CheckRow[]): Readonly<Record<CheckStatus, number>> {
  const distinct = new Map(
    rows.map((row) => [JSON.stringify([row.check.node, row.check.checkId]), row]),
  );
  const counted = { passing: 0, warning: 0, critical: 0 };
  for (const { state } of distinct.values()) counted[state.status] += 1;
  return counted;
}

function sorted(texts: readonly string[]): readonly string[] {
  return [...new Set(texts)].filter((text) => text !== '').sort();
}

/** A summary as Consul's interface is given it. */
export function summaryJson(summary: ServiceSummary, datacenter: string): object {
  const { name, kind, checks } = summary;
  return {
    ...(kind !== '' && { Kind: kind }),
    Name: name,
    // Of a name that only proxies speak of, Consul does not know where it is.
    Datacenter: summary.instances > 0 ? datacenter : '',
    Tags: orNull(summary.tags),
    Nodes: orNull(summary.nodes),
    ExternalSources: orNull(summary.externalSources),
    InstanceCount: summary.instances,
    ChecksPassing: checks.passing,
    ChecksWarning: checks.warning,
    ChecksCritical: checks.critical,
    GatewayConfig: {},
    // Nothing here captures the traffic of a service that does not send it to its sidecar.
    TransparentProxy: false,
    ConnectNative: summary.isNative,
  };
}

function orNull(texts: readonly string[]): readonly string[] | null {
  return texts.length > 0 ? texts : null;
}
