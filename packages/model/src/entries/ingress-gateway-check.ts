import type { EntryKind } from './entry-kind.ts';
import { hostProblem } from './gateway-hosts.ts';
import {
  type IngressGateway,
  type IngressListener,
  type IngressService,
  type IngressTls,
  ingressGateway,
  type SdsCertificate,
} from './ingress-gateway.ts';
import { checkEntryName, checkNameOrWildcard } from './name-checks.ts';
import { each, inside, ours, repeats, type Tell } from './problem.ts';
import { checkTls } from './tls-settings.ts';

/** All that is known of `ingress-gateway`. */
export const ingressGatewayKind: EntryKind<IngressGateway> = {
  codec: ingressGateway,
  check: (entry, tell) => {
    checkEntryName(entry.name, tell);
    checkTls(entry.tls, inside(tell, 'tls'));
    const twice = repeats(entry.listeners.map(({ port }) => String(port)));
    each(entry.listeners, tell, 'listeners', (listener, at, index) => {
      if (twice.has(index)) {
        at(['port'], `port ${listener.port} declared on two listeners`);
      }
      checkListener(listener, at);
    });
  },
  settled: (entry) => ({ ...entry, listeners: entry.listeners.map(settledListener) }),
};

function settledListener(listener: IngressListener): IngressListener {
  return { ...listener, protocol: listener.protocol.toLowerCase() || 'tcp' };
}

function checkListener(listener: IngressListener, tell: Tell): void {
  const { port, protocol, services, tls } = listener;
  const place = ` (listener on port ${port})`;
  if (port < 1 || port > 65_535) ours(tell, ['port'], `${port} is no port: it must be 1 to 65535`);
  if (!['tcp', 'http', 'http2', 'grpc'].includes(protocol)) {
    const words = `protocol must be 'tcp', 'http', 'http2', or 'grpc'. '${protocol}' is an unsupported protocol`;
    tell(['protocol'], words);
  }
  if (tls !== undefined) checkListenerTls(tls, place, inside(tell, 'tls'));
  if (services.length === 0) {
    tell(['services'], `No service declared for listener with port ${port}`);
  }
  if (protocol === 'tcp' && services.length > 1) {
    const words = `Multiple services per listener are only supported for L7 protocols, 'http', 'grpc' and 'http2'${place}`;
    tell(['services'], words);
  }
  each(services, tell, 'services', (service, at) => checkService(service, listener, at));
  checkTwins(services, place, tell);
}

function checkListenerTls(tls: IngressTls, place: string, tell: Tell): void {
  checkTls(tls, tell);
  const { clusterName, certResource } = tls.sds ?? {};
  if (clusterName && !certResource) {
    const words = `TLS.SDS.CertResource is required if ClusterName is set for listener${place}`;
    tell(['sds'], words);
  }
  if (certResource && !clusterName) {
    tell(['sds'], `TLS.SDS.ClusterName is required if CertResource is set${place}`);
  }
}

function checkService(
  service: IngressService,
  { port, protocol }: IngressListener,
  tell: Tell,
): void {
  const { name, hosts } = service;
  const place = ` (listener on port ${port})`;
  if (!name) tell(['name'], `Service name cannot be blank${place}`);
  checkNameOrWildcard(name, tell, 'name');
  if (protocol === 'tcp') checkTcpService(service, port, tell);
  if (name === '*' && protocol !== 'http') {
    tell(['name'], `Wildcard service name is only valid for protocol = 'http'${place}`);
  } else if (name === '*' && hosts.length > 0) {
    tell(['hosts'], `Associating hosts to a wildcard service is not supported${place}`);
  }
  checkHosts(hosts, tell);
  if (service.tls?.sds !== undefined) checkServiceSds(service, service.tls.sds, port, tell);
}

function checkTcpService(service: IngressService, port: number, tell: Tell): void {
  if (service.hosts.length > 0) {
    const words = `Associating hosts to a service is not supported for the tcp protocol (listener on port ${port})`;
    tell(['hosts'], words);
  }
  for (const [key, name] of [
    ['requestHeaders', 'request headers'],
    ['responseHeaders', 'response headers'],
  ] as const) {
    if (service[key] === undefined) continue;
    const words = `${name} only valid for http, http2 and grpc protocols (service "${service.name}" on listener on port ${port})`;
    tell([key], words);
  }
}

function checkHosts(hosts: readonly string[], tell: Tell): void {
  for (const [index, host] of hosts.entries()) {
    const at = inside(tell, 'hosts', index);
    const problem = host === '*' ? undefined : hostProblem(host);
    if (problem === 'no-host') at([], `Host "${host}" must be a valid DNS hostname`);
    if (problem === 'wildcard') {
      at(
        [],
        `Host "${host}" is not valid, a wildcard specifier is only allowed as the leftmost label`,
      );
    }
  }
}

function checkServiceSds(
  { name, hosts }: IngressService,
  { clusterName, certResource }: SdsCertificate,
  port: number,
  tell: Tell,
): void {
  if (!certResource) return;
  const place = ` (service "${name}" on listener on port ${port})`;
  if (hosts.length === 0) {
    const words = `A service specifying TLS.SDS.CertResource must have at least one item in Hosts${place}`;
    tell(['tls'], words);
  }
  if (!clusterName) {
    tell(['tls'], `TLS.SDS.ClusterName is required if CertResource is set${place}`);
  }
}

function checkTwins(services: readonly IngressService[], place: string, tell: Tell): void {
  const hosts = services.flatMap((service) => service.hosts);
  for (const index of repeats(services.map(({ name }) => name))) {
    const name = services[index]?.name;
    tell(['services', index], `Service ${name} cannot be added multiple times${place}`);
  }
  if (new Set(hosts).size < hosts.length) {
    tell(['services'], `Hosts must be unique within a specific listener${place}`);
  }
}
