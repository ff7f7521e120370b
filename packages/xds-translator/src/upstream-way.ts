import { fromBinary } from '@bufbuild/protobuf';
import { typeUrls } from '@chancery/envoy-api';
import { type Cluster, ClusterSchema } from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import type { Address } from '@chancery/envoy-api/envoy/config/core/v3/address';
import {
  type ClusterLoadAssignment,
  ClusterLoadAssignmentSchema,
} from '@chancery/envoy-api/envoy/config/endpoint/v3/endpoint';
import { ListenerSchema } from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import { UpstreamTlsContextSchema } from '@chancery/envoy-api/envoy/extensions/transport_sockets/tls/v3/tls';
import type { ProxySnapshot, UpstreamSnapshot } from '@chancery/snapshot';
import type { Compiled, Resource } from './resource.ts';
import type { ResourceId } from './resource-origin.ts';
import { upstreamNames } from './upstream-names.ts';

/** How a proxy reaches one upstream, read from the resources that it is served. */
export interface UpstreamWay {
  /** Where the local app connects to: `127.0.0.1:9191`, or the path of a socket; empty where there is no listener. */
  readonly listener: string;
  readonly listenerName: string;
  readonly cluster: string;
  /** Empty where the cluster reaches nobody. */
  readonly sni: string;
  /** The SPIFFE ID that the peer has to show. */
  readonly expectedSan: string;
  /** Where Envoy dials, as `10.0.0.5:21000` or `[fd00::5]:21000`. */
  readonly endpoints: readonly string[];
  /** What of it the proxy is served. */
  readonly resources: readonly ResourceId[];
}

/** Reads what was compiled for one upstream of a proxy. */
export function upstreamWay(
  snapshot: ProxySnapshot,
  upstream: UpstreamSnapshot,
  { resources }: Compiled,
): UpstreamWay {
  const names = upstreamNames(snapshot, upstream);
  const find = (typeUrl: string, name: string): Resource | undefined =>
    resources.find((each) => each.typeUrl === typeUrl && each.name === name);
  const listener = find(typeUrls.listener, names.listener);
  const cluster = find(typeUrls.cluster, names.cluster);
  const assignment = find(typeUrls.endpoints, names.cluster);
  const dialed = cluster && fromBinary(ClusterSchema, cluster.body);
  return {
    listener: listener === undefined ? '' : listensAt(listener),
    listenerName: names.listener,
    cluster: names.cluster,
    ...peerOf(dialed),
    endpoints: addressesIn(
      assignment
        ? fromBinary(ClusterLoadAssignmentSchema, assignment.body)
        : dialed?.loadAssignment,
    ),
    resources: [listener, cluster, assignment].filter((each) => each !== undefined),
  };
}

function listensAt({ body }: Resource): string {
  return place(fromBinary(ListenerSchema, body).address);
}

function peerOf(cluster: Cluster | undefined): Pick<UpstreamWay, 'sni' | 'expectedSan'> {
  const socket = cluster?.transportSocket?.configType;
  if (socket?.case !== 'typedConfig') return { sni: '', expectedSan: '' };
  const { sni, commonTlsContext } = fromBinary(UpstreamTlsContextSchema, socket.value.value);
  const validation = commonTlsContext?.validationContextType;
  const context =
    validation?.case === 'combinedValidationContext'
      ? validation.value.defaultValidationContext
      : undefined;
  const pattern = context?.matchTypedSubjectAltNames[0]?.matcher?.matchPattern;
  return { sni, expectedSan: pattern?.case === 'exact' ? pattern.value : '' };
}

function addressesIn(assignment: ClusterLoadAssignment | undefined): readonly string[] {
  const endpoints = assignment?.endpoints.flatMap(({ lbEndpoints }) => lbEndpoints) ?? [];
  return endpoints.flatMap(({ hostIdentifier: host }) =>
    host.case === 'endpoint' ? [place(host.value.address)] : [],
  );
}

function place(address: Address | undefined): string {
  const where = address?.address;
  if (where?.case === 'pipe') return where.value.path;
  if (where?.case !== 'socketAddress') return '';
  const { address: host, portSpecifier } = where.value;
  return `${host.includes(':') ? `[${host}]` : host}:${portSpecifier.value}`;
}
