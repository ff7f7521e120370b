import { serviceRef, type Target } from '@chancery/identity';
import type { Upstream, UpstreamConfig } from '@chancery/model';
import { defineQuery, type Query } from '@chancery/store';
import { upstreamConfig } from './decoded-config.ts';
import type { SnapshotSettings } from './settings.ts';
import type { UpstreamSnapshot } from './sidecar-snapshot.ts';
import { targetKey, targetQuery } from './target-query.ts';

interface DeclaredUpstream {
  readonly upstream: Upstream;
  readonly config: UpstreamConfig;
}

/** An upstream as the argument of a query: proxies that declare the same share one result. */
export function upstreamKey(upstream: Upstream): string {
  return JSON.stringify(upstream);
}

/** One upstream by its `upstreamKey`; none for a config that cannot be read. The same object until its endpoints change. */
export function upstreamQuery(
  settings: SnapshotSettings,
): Query<string, UpstreamSnapshot | undefined> {
  const endpointsOf = targetQuery(settings);
  return defineQuery<string, UpstreamSnapshot | undefined>({
    name: 'snapshot.upstream',
    evaluate: (view, key) => {
      const declared = view.query(declaredUpstream, key);
      if (declared === undefined) return undefined;
      const target = targetOf(declared.upstream, settings);
      return { ...declared, endpoints: view.query(endpointsOf, targetKey(target)) };
    },
    equal: sameParts,
  });
}

/** Reads nothing, so it is evaluated once and keeps the identity of its parts. */
const declaredUpstream = defineQuery<string, DeclaredUpstream | undefined>({
  name: 'snapshot.declaredUpstream',
  evaluate: (_view, key) => {
    const upstream = JSON.parse(key) as Upstream;
    const config = upstreamConfig(upstream.config);
    return config.ok ? { upstream, config: config.value } : undefined;
  },
});

/** What was declared is one object for as long as its key is the same. */
function sameParts(a: UpstreamSnapshot | undefined, b: UpstreamSnapshot | undefined): boolean {
  return a?.upstream === b?.upstream && a?.config === b?.config && a?.endpoints === b?.endpoints;
}

/** Without entries that say otherwise, an upstream is all instances of its service, here or in the datacenter it names. */
function targetOf(upstream: Upstream, settings: SnapshotSettings): Target {
  const datacenter = upstream.datacenter || settings.datacenter;
  return { service: serviceRef(upstream.destinationName), datacenter };
}
