import { type Instance, instanceKey, instances } from '@chancery/catalog';
import { type ServiceRef, serviceRef } from '@chancery/identity';
import { type ConnectProxy, isIpAddress, type ProxyConfig } from '@chancery/model';
import { defineQuery, type Query, type View } from '@chancery/store';
import { proxyConfig } from './decoded-config.ts';
import type { SnapshotSettings } from './settings.ts';
import type { SidecarSnapshot } from './sidecar-snapshot.ts';

/** The part of a snapshot that is about the proxy itself. */
export interface Inbound {
  readonly service: ServiceRef;
  readonly config: ProxyConfig;
  readonly publicListener: SidecarSnapshot['publicListener'];
  readonly localApp: SidecarSnapshot['localApp'];
}

/** A sidecar as its row has it. */
export interface DeclaredProxy extends Instance {
  readonly proxy: ConnectProxy;
}

/** The sidecar of this agent's node with an instance ID. */
export function declaredProxy(
  view: View,
  { node }: SnapshotSettings,
  proxyId: string,
): DeclaredProxy | undefined {
  const instance = view.get(instances, instanceKey(node, proxyId));
  const proxy = instance?.service.proxy;
  return instance && proxy && { ...instance, proxy };
}

/** What a proxy is by itself, by its ID; none for a stranger or a config that cannot be read. The same object until that changes. */
export function inboundQuery(settings: SnapshotSettings): Query<string, Inbound | undefined> {
  return defineQuery<string, Inbound | undefined>({
    name: 'snapshot.inbound',
    evaluate: (view, proxyId) => {
      const declared = declaredProxy(view, settings, proxyId);
      const config = declared && proxyConfig(declared.proxy.config);
      return declared && config?.ok ? inboundOf(declared, config.value) : undefined;
    },
    equal: (a, b) => JSON.stringify(a) === JSON.stringify(b),
  });
}

function inboundOf({ service, proxy }: DeclaredProxy, config: ProxyConfig): Inbound {
  const { localServiceSocketPath: socketPath } = proxy;
  return {
    service: serviceRef(proxy.destinationServiceName),
    config,
    publicListener: {
      address: config.bindAddress ?? bindable(service.address),
      port: config.bindPort ?? service.port,
    },
    localApp: {
      address: proxy.localServiceAddress,
      port: proxy.localServicePort,
      ...(socketPath && { socketPath }),
    },
  };
}

/** Envoy binds to IP addresses alone: one that is reached by a name listens on all of its machine's. */
function bindable(address: string): string {
  return isIpAddress(address) ? address : '0.0.0.0';
}
