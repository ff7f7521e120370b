import type { Upstream } from '@chancery/model';
import { defineQuery, type Query } from '@chancery/store';
import { declaredProxy } from './inbound.ts';
import type { SnapshotSettings } from './settings.ts';
import type { UpstreamSnapshot } from './sidecar-snapshot.ts';
import { upstreamKey, upstreamQuery } from './upstream-query.ts';

const texts = new WeakMap<readonly Upstream[], string>();

/** What a sidecar dials, by its ID, as the argument of `upstreamsQuery`; nothing for a stranger. */
export function declaredUpstreamsQuery(settings: SnapshotSettings): Query<string, string> {
  return defineQuery<string, string>({
    name: 'snapshot.declaredUpstreams',
    evaluate: (view, proxyId) =>
      asText(declaredProxy(view, settings, proxyId)?.proxy.upstreams ?? []),
  });
}

/** Each upstream once, however often it is declared. */
function asText(upstreams: readonly Upstream[]): string {
  const known = texts.get(upstreams);
  if (known !== undefined) return known;
  const fresh = JSON.stringify([...new Set(upstreams.map(upstreamKey))]);
  texts.set(upstreams, fresh);
  return fresh;
}

/**
 * All upstreams of a sidecar. Sidecars that declare the same, such as all of one service, share one result, which
 * is made once for all of them when an endpoint comes or goes. The same object until one of its upstreams changes;
 * an upstream whose config cannot be read is left out and harms none but itself.
 */
export function upstreamsQuery(
  settings: SnapshotSettings,
): Query<string, readonly UpstreamSnapshot[]> {
  const upstreamOf = upstreamQuery(settings);
  return defineQuery<string, readonly UpstreamSnapshot[]>({
    name: 'snapshot.upstreams',
    evaluate: (view, declared) =>
      (JSON.parse(declared) as readonly string[])
        .map((key) => view.query(upstreamOf, key))
        .filter((upstream) => upstream !== undefined),
    equal: (a, b) => a.length === b.length && a.every((upstream, at) => upstream === b[at]),
  });
}
