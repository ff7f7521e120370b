import { apiGatewayKind } from './api-gateway.ts';
import { fileSystemCertificateKind, inlineCertificateKind } from './certificates.ts';
import type { ConfigEntry } from './config-entry.ts';
import type { EntryKind } from './entry-kind.ts';
import { exportedServicesKind } from './exported-services.ts';
import { httpRouteKind } from './http-route-check.ts';
import { ingressGatewayKind } from './ingress-gateway-check.ts';
import { jwtProviderKind } from './jwt-provider-check.ts';
import { meshKind } from './mesh.ts';
import { proxyDefaultsKind } from './proxy-defaults-check.ts';
import { serviceDefaultsKind } from './service-defaults-check.ts';
import { serviceIntentionsKind } from './service-intentions-check.ts';
import { serviceResolverKind } from './service-resolver-check.ts';
import { serviceRouterKind } from './service-router-check.ts';
import { serviceSplitterKind } from './service-splitter.ts';
import { tcpRouteKind } from './tcp-route.ts';
import { terminatingGatewayKind } from './terminating-gateway.ts';

/** The kinds that can be written, by their names. */
const entryKinds: {
  readonly [K in ConfigEntry['kind']]: EntryKind<Extract<ConfigEntry, { readonly kind: K }>>;
} = {
  'api-gateway': apiGatewayKind,
  'exported-services': exportedServicesKind,
  'file-system-certificate': fileSystemCertificateKind,
  'http-route': httpRouteKind,
  'ingress-gateway': ingressGatewayKind,
  'inline-certificate': inlineCertificateKind,
  'jwt-provider': jwtProviderKind,
  mesh: meshKind,
  'proxy-defaults': proxyDefaultsKind,
  'service-defaults': serviceDefaultsKind,
  'service-intentions': serviceIntentionsKind,
  'service-resolver': serviceResolverKind,
  'service-router': serviceRouterKind,
  'service-splitter': serviceSplitterKind,
  'tcp-route': tcpRouteKind,
  'terminating-gateway': terminatingGatewayKind,
};

/** What is known of a kind, of whichever entries it is. */
export function entryKind(kind: ConfigEntry['kind']): EntryKind<ConfigEntry> {
  return entryKinds[kind] as unknown as EntryKind<ConfigEntry>;
}

/** Whether a text names a kind that can be written. */
export function isEntryKind(kind: string): kind is ConfigEntry['kind'] {
  return Object.hasOwn(entryKinds, kind);
}
