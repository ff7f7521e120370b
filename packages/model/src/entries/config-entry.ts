import type { ApiGateway } from './api-gateway.ts';
import type { FileSystemCertificate, InlineCertificate } from './certificates.ts';
import type { ExportedServices } from './exported-services.ts';
import type { HttpRoute } from './http-route.ts';
import type { IngressGateway } from './ingress-gateway.ts';
import type { JwtProvider } from './jwt-provider.ts';
import type { Mesh } from './mesh.ts';
import type { ProxyDefaults } from './proxy-defaults.ts';
import type { ServiceDefaults } from './service-defaults.ts';
import type { ServiceIntentions } from './service-intentions.ts';
import type { ServiceResolver } from './service-resolver.ts';
import type { ServiceRouter } from './service-router.ts';
import type { ServiceSplitter } from './service-splitter.ts';
import type { TcpRoute } from './tcp-route.ts';
import type { TerminatingGateway } from './terminating-gateway.ts';

/** What is declared about services beside their instances. */
export type ConfigEntry =
  | ApiGateway
  | ExportedServices
  | FileSystemCertificate
  | HttpRoute
  | IngressGateway
  | InlineCertificate
  | JwtProvider
  | Mesh
  | ProxyDefaults
  | ServiceDefaults
  | ServiceIntentions
  | ServiceResolver
  | ServiceRouter
  | ServiceSplitter
  | TcpRoute
  | TerminatingGateway;

/** The kinds whose entries can be listed and read, as in Consul; those of `ConfigEntry` can be written. */
export const configEntryKinds = [
  'api-gateway',
  'bound-api-gateway',
  'exported-services',
  'file-system-certificate',
  'http-route',
  'ingress-gateway',
  'inline-certificate',
  'jwt-provider',
  'mesh',
  'proxy-defaults',
  'sameness-group',
  'service-defaults',
  'service-intentions',
  'service-resolver',
  'service-router',
  'service-splitter',
  'tcp-route',
  'terminating-gateway',
] as const;

/** The name of a kind. */
export type ConfigEntryKind = (typeof configEntryKinds)[number];
