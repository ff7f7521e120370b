import type { HttpApiDependencies } from '../dependencies.ts';
import { failure, json, type Reply } from '../reply.ts';
import { type ApiRequest, type Reading, type Route, reading } from '../route.ts';
import { summaryJson } from './service-summary.ts';
import {
  hasPermissions,
  isExact,
  type Neighbour,
  type Topology,
  topologyOf,
} from './topology-query.ts';

/** A service and those it connects to, by registrations and by intentions. */
export const serviceTopologyRoutes: readonly Route[] = [
  {
    method: 'GET',
    path: '/v1/internal/ui/service-topology/*',
    right: 'service:read',
    blocking: 'index',
    read: topology,
  },
];

function topology(
  { datacenter, defaultPolicy }: HttpApiDependencies,
  { params: { '*': name = '' }, query }: ApiRequest,
): Reading | Reply {
  if (name === '') return failure(400, 'Missing service name');
  const kind = query.get('kind');
  if (kind === null) return failure(400, 'Missing service kind');
  if (kind !== '' && kind !== 'ingress-gateway') {
    return failure(400, `Unsupported service kind ${JSON.stringify(kind)}`);
  }
  return reading(topologyOf(defaultPolicy), name, (found) =>
    json(shown(kind === '' ? found : { ...found, protocol: '' }, datacenter)),
  );
}

function shown(
  { protocol, upstreams, downstreams, defaultAction }: Topology,
  datacenter: string,
): object {
  const neighbours = (of: readonly Neighbour[]): readonly object[] =>
    of.map(({ summary, source, verdict }) => ({
      ...summaryJson(summary, datacenter),
      Source: source,
      Intention: {
        Allowed: verdict.allowed,
        HasPermissions: hasPermissions(verdict),
        ExternalSource: externalSource(verdict),
        HasExact: isExact(verdict),
        DefaultAllow: defaultAction === 'allow',
      },
    }));
  return {
    Protocol: protocol,
    TransparentProxy: false,
    Upstreams: neighbours(upstreams),
    Downstreams: neighbours(downstreams),
    FilteredByACLs: false,
  };
}

function externalSource({ reason }: Neighbour['verdict']): string {
  return reason.kind === 'rule' ? (reason.rule.intention.meta?.['external-source'] ?? '') : '';
}
