import type { MeshApiDependencies, ProxySource } from '@chancery/mesh-api';
import { telling } from '@chancery/plan';
import { agentTables } from '../open-agent-store.ts';
import { version } from '../version.ts';
import type { AgentMeshParts } from './agent-mesh-parts.ts';
import { createChangeSource } from './change-source.ts';
import { createAuthors } from './changes/authors.ts';
import { shownTables } from './changes/shown-tables.ts';
import { checkMesh } from './check/mesh-checks.ts';
import { createIntentionSource } from './intention-source.ts';
import { createProxySource } from './proxy-source.ts';
import { agentFacts, createStatusSource } from './status-source.ts';

/** Where the RPCs of an agent get from what they tell. */
export function meshSources(
  parts: AgentMeshParts,
): Pick<MeshApiDependencies, 'proxies' | 'intentions' | 'changes' | 'status'> {
  const { store, node, config, authority, xds, leafs, effects } = parts;
  const { now } = effects;
  const authors = createAuthors(store);
  const proxies = createProxySource({ store, node: node.name, xds, leafs, authors, now });
  const { datacenter, defaultIntentionPolicy: defaultAction } = config;
  const changes = createChangeSource({
    store,
    now,
    datacenter,
    node: node.name,
    defaultAction,
    proxySnapshot: xds.queries.proxySnapshot,
    compile: xds.compile,
    isConnected: (proxyId) => xds.publisher.isFollowed(proxyId),
  });
  const { trustDomain } = authority;
  const intentions = createIntentionSource({
    store,
    node: node.name,
    trustDomain,
    config,
    xds,
    now,
  });
  return { proxies, intentions, changes, status: statusOf(parts, proxies, authors) };
}

function statusOf(
  parts: AgentMeshParts,
  proxies: ProxySource,
  authors: ReturnType<typeof createAuthors>,
): NonNullable<MeshApiDependencies['status']> {
  const { store, node, config, authority, xds, leafs, seen, startedAt, effects } = parts;
  const { datacenter } = config;
  const { now, log } = effects;
  const watched = createStatusSource({
    store,
    tables: agentTables,
    facts: agentFacts(node, config, authority, { version, startedAt }),
    authority,
    leafs,
    proxies,
    onLedgerChange: (listener) => xds.ledger.onChange(listener),
    xdsFigures: xds.figures,
    followed: () => xds.publisher.followed(),
    authors,
    tell: telling(shownTables({ datacenter, node: node.name })),
    seen,
    now,
    onFailure: (err) =>
      log.error({ part: 'mesh', err }, 'who watches could not be told of a change'),
  });
  const { readConfig } = parts;
  return { ...watched, check: checkMesh({ store, config, leafs, proxies, readConfig, now }) };
}
