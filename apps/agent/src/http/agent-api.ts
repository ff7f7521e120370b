import type { RequestListener } from 'node:http';
import { createHttpApi, type HttpApiDependencies } from '@chancery/http-api';
import type { AgentConfig } from '@chancery/model';
import type { Store } from '@chancery/store';
import { checkCustomConfig } from '@chancery/xds-translator';
import type { Authority } from '../authority/authority.ts';
import type { Leafs } from '../authority/leafs.ts';
import type { Rotation } from '../authority/rotation.ts';
import type { NodeChecks } from '../checks/node-checks.ts';
import type { Effects } from '../effects.ts';
import type { LocalNode } from '../join-catalog.ts';
import type { AgentMesh } from '../mesh/agent-mesh.ts';
import type { AgentMetrics } from '../metrics/agent-metrics.ts';
import { type WatchedParts, watchAgent } from '../metrics/watch-agent.ts';
import { mayDoEverything, principalNamed } from '../principal.ts';
import { version } from '../version.ts';
import { apiAuthority } from './api-authority.ts';
import { apiLeafs } from './api-leafs.ts';
import { apiRoots } from './api-roots.ts';
import { debugSettings } from './debug-settings.ts';
import { hostNames } from './host-names.ts';

/** What the API of an agent is made of. */
export interface AgentApiParts
  extends Pick<HttpApiDependencies, 'xdsFigures' | 'onAnswer' | 'reload' | 'leave'> {
  readonly store: Store;
  readonly node: LocalNode;
  readonly config: AgentConfig;
  readonly authority: Authority;
  readonly leafs: Leafs;
  readonly rotation: Rotation;
  readonly checks: NodeChecks;
  readonly metrics: AgentMetrics;
  readonly effects: Effects;
  readonly mesh: AgentMesh;
  readonly syncFigures: WatchedParts['syncFigures'];
}

/** The HTTP API of an agent, and its RPCs on the same port. */
export function agentApi(parts: AgentApiParts): RequestListener {
  const { store, node, config, authority, leafs, metrics, effects } = parts;
  const { datacenter } = config;
  const { http, grpc, sidecarMin: min, sidecarMax: max } = config.ports;
  const roots = apiRoots(authority.trustDomain);
  watchAgent(metrics, { ...parts, datacenter, roots, now: effects.now });
  const answer = createHttpApi({
    store,
    node,
    version,
    datacenter,
    dev: config.dev,
    queryWaits: config.queryWaits,
    defaultPolicy: config.defaultIntentionPolicy,
    sidecarPorts: { min, max },
    ports: () => ({ http, grpc }),
    xdsFigures: parts.xdsFigures,
    startedAt: effects.now(),
    settings: debugSettings(config),
    metrics,
    monitor: effects.monitor,
    onAnswer: parts.onAnswer,
    hostNames: hostNames(config),
    principal: (_token, author) => principalNamed(author),
    authorise: mayDoEverything,
    applied: parts.mesh.applied,
    authority: apiAuthority({ store, authority, rotation: parts.rotation, now: effects.now }),
    roots,
    leaf: apiLeafs(leafs),
    checkCustomConfig,
    checks: parts.checks.local,
    reload: parts.reload,
    leave: parts.leave,
    newId: effects.newId,
    now: effects.now,
    log: (level, message, about) => effects.log[level]({ part: 'http', ...about }, message),
  });
  return (request, response) => {
    if (!parts.mesh.answers(request, response)) answer(request, response);
  };
}
