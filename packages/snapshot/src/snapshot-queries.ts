import { accessLogs, rulesTo } from '@chancery/config-entries';
import type { Issue } from '@chancery/model';
import { defineQuery, type Query } from '@chancery/store';
import { type Inbound, inboundQuery } from './inbound.ts';
import { problemsQuery } from './proxy-problem.ts';
import type { SnapshotSettings } from './settings.ts';
import type { ProxySnapshot, SidecarSnapshot } from './sidecar-snapshot.ts';
import { declaredUpstreamsQuery, upstreamsQuery } from './upstreams-query.ts';

/** What an agent asks the state about its proxies. */
export interface SnapshotQueries {
  /** Everything a proxy needs, by its ID; none for a stranger and for one whose own config cannot be read. The same object until a part of it changes. */
  readonly proxySnapshot: Query<string, ProxySnapshot | undefined>;
  /** Why a proxy has no snapshot, or lacks upstreams in it, by its ID. */
  readonly proxyProblems: Query<string, readonly Issue[]>;
}

/** The queries of one agent. Made once: they are what the store knows its results by. */
export function createSnapshotQueries(settings: SnapshotSettings): SnapshotQueries {
  return {
    proxySnapshot: snapshotQuery(settings),
    proxyProblems: problemsQuery(settings),
  };
}

function snapshotQuery(settings: SnapshotSettings): SnapshotQueries['proxySnapshot'] {
  const { trustDomain, datacenter, defaultAction } = settings;
  const inboundOf = inboundQuery(settings);
  const declaredOf = declaredUpstreamsQuery(settings);
  const upstreamsOf = upstreamsQuery(settings);
  const rules = rulesTo(defaultAction);
  return defineQuery<string, ProxySnapshot | undefined>({
    name: 'snapshot.proxySnapshot',
    evaluate: (view, proxyId) => {
      const inbound = view.query(inboundOf, proxyId);
      if (inbound === undefined) return undefined;
      const logs = view.query(accessLogs, '');
      return {
        kind: 'sidecar',
        proxyId,
        datacenter,
        trustDomain,
        ...inbound,
        rules: view.query(rules, inbound.service.name),
        ...(logs && { accessLogs: logs }),
        upstreams: view.query(upstreamsOf, view.query(declaredOf, proxyId)),
      };
    },
    equal: sameParts,
  });
}

const INBOUND_PARTS = [
  'service',
  'config',
  'publicListener',
  'localApp',
] as const satisfies readonly (keyof Inbound)[];

function sameParts(a: SidecarSnapshot | undefined, b: SidecarSnapshot | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  return (
    INBOUND_PARTS.every((part) => a[part] === b[part]) &&
    a.rules === b.rules &&
    a.accessLogs === b.accessLogs &&
    a.upstreams === b.upstreams
  );
}
