import type { Issue } from '@chancery/model';
import { defineQuery, type Query } from '@chancery/store';
import { proxyConfig, upstreamConfig } from './decoded-config.ts';
import { type DeclaredProxy, declaredProxy } from './inbound.ts';
import type { SnapshotSettings } from './settings.ts';

/**
 * What keeps a proxy, or some of its upstreams, from being configured, by its ID; empty when all is
 * well. Configs are checked when they are declared, so this speaks of rows that came another way.
 */
export function problemsQuery(settings: SnapshotSettings): Query<string, readonly Issue[]> {
  return defineQuery<string, readonly Issue[]>({
    name: 'snapshot.proxyProblems',
    evaluate: (view, proxyId) => {
      const declared = declaredProxy(view, settings, proxyId);
      if (declared !== undefined) return problemsOf(declared);
      return [{ path: [], message: `node "${settings.node}" has no proxy "${proxyId}"` }];
    },
    equal: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
}

function problemsOf({ proxy }: DeclaredProxy): readonly Issue[] {
  const config = proxyConfig(proxy.config);
  return [
    ...(config.ok ? [] : config.issues.map((issue) => within(['proxy', 'config'], issue))),
    ...proxy.upstreams.flatMap((upstream, at) => {
      const read = upstreamConfig(upstream.config);
      const place = ['proxy', 'upstreams', at, 'config'];
      return read.ok ? [] : read.issues.map((issue) => within(place, issue));
    }),
  ];
}

function within(place: Issue['path'], issue: Issue): Issue {
  return { ...issue, path: [...place, ...issue.path] };
}
