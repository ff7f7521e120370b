import { typeUrls } from '@chancery/envoy-api';
import { type Cluster, ClusterSchema } from '@chancery/envoy-api/envoy/config/cluster/v3/cluster';
import {
  type Listener,
  ListenerSchema,
} from '@chancery/envoy-api/envoy/config/listener/v3/listener';
import type { SidecarSnapshot } from '@chancery/snapshot';
import { customPublicListener } from './custom-config/custom-public-listener.ts';
import { decodeTyped } from './custom-config/read-json.ts';
import { listeningPlaces } from './listening-place.ts';
import { localApp } from './local-app-cluster.ts';
import type { Credentials } from './mutual-tls.ts';
import { asCustomised, asDeclared, type Built, type Encode, type Part } from './part.ts';
import { publicListener } from './public-listener.ts';
import { localAppCluster, publicListenerName } from './resource-names.ts';
import { unreachableCluster } from './upstream-cluster.ts';

type InboundSnapshot = Pick<
  SidecarSnapshot,
  'publicListener' | 'localApp' | 'config' | 'accessLogs'
>;

/** How the mesh reaches the local app: the public listener and the cluster behind it. */
export function inbound(snapshot: InboundSnapshot, credentials: Credentials, encode: Encode): Part {
  const cluster = builtCluster(snapshot);
  const listener = builtListener(snapshot, cluster.message.name, credentials);
  const diagnostics = [...cluster.diagnostics, ...listener.diagnostics];
  // Nothing dials the local app when there is no listener.
  if (listener.message === undefined) return { resources: [], diagnostics };
  return {
    resources: [
      encode(typeUrls.cluster, cluster.message.name, ClusterSchema, cluster.message),
      encode(typeUrls.listener, listener.message.name, ListenerSchema, listener.message),
    ],
    diagnostics,
    listensAt: listeningPlaces(listener.message),
  };
}

function builtCluster({ localApp: app, config }: InboundSnapshot): Built<Cluster> {
  if (config.localClusterJson === undefined) return asDeclared(localApp(app, config));
  const custom = decodeTyped(config.localClusterJson, ClusterSchema);
  if (custom.ok) custom.value.name ||= localAppCluster;
  return asCustomised(
    custom,
    localAppCluster,
    unreachableCluster(localAppCluster),
    'the local app is cut off',
  );
}

function builtListener(
  { publicListener: place, config, accessLogs }: InboundSnapshot,
  cluster: string,
  credentials: Credentials,
): Built<Listener | undefined> {
  const { publicListenerJson } = config;
  if (publicListenerJson === undefined) {
    return asDeclared(publicListener(place, config, cluster, credentials, accessLogs));
  }
  const name = publicListenerName(place.address, place.port);
  const custom = customPublicListener(publicListenerJson, name, credentials);
  return asCustomised(custom, name, undefined, 'the proxy takes no connections');
}
