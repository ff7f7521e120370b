import type { InstanceRow } from '@chancery/catalog';
import type { View } from '@chancery/store';
import { upstreamWay } from '@chancery/xds-translator';
import { type CompiledProxy, compiledProxy } from './compiled-proxy.ts';
import { destinationEndpoints } from './destination-endpoints.ts';
import type { ExplainedMesh } from './explained-mesh.ts';
import type { ExplainedEndpoint, ExplainedUpstream } from './explanation.ts';
import { lackInWords, resourceInWords, unservedInWords } from './in-words.ts';

/** How one service reaches another, and what keeps it from that. */
export interface ExplainedWays {
  readonly upstreams: readonly ExplainedUpstream[];
  readonly obstacles: readonly string[];
}

/** The endpoints of a service, by what Envoy is given of them. */
type EndpointsOf = (service: string, served: readonly string[]) => readonly ExplainedEndpoint[];

/** Follows every upstream by which the sidecars of a source lead to a destination. */
export function explainUpstreams(
  view: View,
  mesh: ExplainedMesh,
  sidecars: readonly InstanceRow[],
  destination: string,
): ExplainedWays {
  const endpointsOf = rememberedEndpoints(view);
  const ways = sidecars.map((row) => waysOf(view, mesh, row, destination, endpointsOf));
  return {
    upstreams: ways.flatMap(({ upstreams }) => upstreams),
    obstacles: ways.flatMap(({ obstacles }) => obstacles),
  };
}

/** Many sidecars are given the same. */
function rememberedEndpoints(view: View): EndpointsOf {
  const known = new Map<string, readonly ExplainedEndpoint[]>();
  return (service, served) => {
    const key = `${service} ${served.join(' ')}`;
    const endpoints = known.get(key) ?? destinationEndpoints(view, service, served);
    known.set(key, endpoints);
    return endpoints;
  };
}

function waysOf(
  view: View,
  mesh: ExplainedMesh,
  { node, service }: InstanceRow,
  destination: string,
  endpointsOf: EndpointsOf,
): ExplainedWays {
  const { id, proxy } = service;
  if (proxy === undefined) {
    return blocked(`${id} takes part by itself: how it dials others is not known here`);
  }
  if (node !== mesh.settings.node) {
    return blocked(`${id} is on the node ${node}, whose proxies this agent does not configure`);
  }
  const compiled = compiledProxy(view, mesh, id);
  const problems = view
    .query(mesh.queries.proxyProblems, id)
    .map(
      ({ path, message }) =>
        `${id} cannot be configured as declared: ${path.join('.')}: ${message}`,
    );
  if (compiled === undefined) return { upstreams: [], obstacles: problems };
  const found = compiled.snapshot.upstreams.filter(
    ({ upstream }) => upstream.destinationName === destination,
  );
  if (found.length === 0) {
    const unnamed = `${id} has no upstream ${destination}: add it to its proxy.upstreams`;
    return blocked(...problems, ...(destination === '*' ? [] : [unnamed]));
  }
  const ways = found.map((upstream) => wayOf(mesh, compiled, upstream, endpointsOf));
  return {
    upstreams: ways.map(({ upstream }) => upstream),
    obstacles: [...problems, ...ways.flatMap(({ obstacles }) => obstacles)],
  };
}

function wayOf(
  mesh: ExplainedMesh,
  { snapshot, compiled }: CompiledProxy,
  declared: CompiledProxy['snapshot']['upstreams'][number],
  endpointsOf: EndpointsOf,
): { readonly upstream: ExplainedUpstream; readonly obstacles: readonly string[] } {
  const { proxyId: proxy } = snapshot;
  const { target } = declared.endpoints;
  const { resources, endpoints: served, ...way } = upstreamWay(snapshot, declared, compiled);
  const isHere = target.datacenter === mesh.settings.datacenter;
  const endpoints = endpointsOf(isHere ? target.service.name : '', served);
  const names = new Set([way.listenerName, way.cluster]);
  const told = compiled.diagnostics.filter(({ resource }) => names.has(resource));
  return {
    upstream: { proxy, ...way, endpoints },
    obstacles: [
      ...told.map(({ resource, message }) => `${proxy}: ${resource}: ${message}`),
      ...resources.flatMap((resource) => notTaken(mesh, proxy, resource)),
      ...(isHere ? unreachable(endpoints, target.service.name) : [elsewhere(proxy, target)]),
    ],
  };
}

/** What a proxy without a stream, or one that refused something, is known to lack. */
function notTaken(
  { standing }: ExplainedMesh,
  proxy: string,
  { typeUrl, name }: { readonly typeUrl: string; readonly name: string },
): readonly string[] {
  const lacking = lackInWords(
    proxy,
    resourceInWords(typeUrl, name),
    standing(proxy, typeUrl, name),
  );
  return lacking === undefined ? [] : [lacking];
}

function unreachable(endpoints: readonly ExplainedEndpoint[], name: string): readonly string[] {
  if (endpoints.length === 0) return [unservedInWords(name)];
  if (endpoints.some(({ used }) => used)) return [];
  const down = endpoints.every(({ health }) => health === 'critical');
  return [`no endpoint of ${name} is used: ${down ? 'all are critical' : 'see why with each'}`];
}

function elsewhere(proxy: string, { datacenter }: { readonly datacenter: string }): string {
  return `${proxy} looks for it in the datacenter ${datacenter}, of which nothing is known here`;
}

function blocked(...obstacles: readonly string[]): ExplainedWays {
  return { upstreams: [], obstacles };
}
