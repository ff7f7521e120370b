import { literal } from './literal.ts';
import { formatSegment, parseSegment } from './segment.ts';
import type { ServiceRef } from './service-ref.ts';
import { isTrustDomain } from './trust-domain.ts';

/** What a SPIFFE ID of this mesh names. Gateways and agents will be further kinds. */
export interface ServiceIdentity {
  readonly kind: 'service';
  readonly trustDomain: string;
  readonly service: ServiceRef;
  readonly datacenter: string;
}

const SPIFFE_ID = /^spiffe:\/\/([^/]+)(\/.+)$/;
const SERVICE_PATH = /^(?:\/ap\/([^/]+))?\/ns\/([^/]+)\/dc\/([^/]+)\/svc\/([^/]+)$/;

/** The path of a service's SPIFFE ID, `/ns/default/dc/dc1/svc/db`: also the part of a leaf's name that is its own. */
export function servicePath(service: ServiceRef, datacenter: string): string {
  const partition =
    service.partition === 'default' ? '' : `/ap/${formatSegment(service.partition)}`;
  const namespace = formatSegment(service.namespace);
  return `${partition}/ns/${namespace}/dc/${formatSegment(datacenter)}/svc/${formatSegment(service.name)}`;
}

/** The SPIFFE ID that a leaf of the service carries as its URI SAN. */
export function serviceSpiffeId(
  trustDomain: string,
  service: ServiceRef,
  datacenter: string,
): string {
  return `spiffe://${trustDomain}${servicePath(service, datacenter)}`;
}

/**
 * Reads a SPIFFE ID; `undefined` for anything that `serviceSpiffeId` would not have written. There is
 * one spelling of an identity, so that comparing the texts and comparing the values agree.
 */
export function parseSpiffeId(uri: string): ServiceIdentity | undefined {
  const [, trustDomain, path] = SPIFFE_ID.exec(uri) ?? [];
  if (trustDomain === undefined || path === undefined || !isTrustDomain(trustDomain))
    return undefined;
  const located = parseServicePath(path);
  return located && { kind: 'service', trustDomain, ...located };
}

function parseServicePath(
  path: string,
): Pick<ServiceIdentity, 'service' | 'datacenter'> | undefined {
  const [matched, ap = 'default', ns = '', dc = '', svc = ''] = SERVICE_PATH.exec(path) ?? [];
  const partition = parseSegment(ap);
  const namespace = parseSegment(ns);
  const datacenter = parseSegment(dc);
  const name = parseSegment(svc);
  if (partition === undefined || namespace === undefined) return undefined;
  if (datacenter === undefined || name === undefined) return undefined;
  const service = { name, namespace, partition };
  return servicePath(service, datacenter) === matched ? { service, datacenter } : undefined;
}

/**
 * The regular expression (RE2 and JavaScript) of the identities that an intention's source stands
 * for: exactly this trust domain and service, any datacenter. `*` is every service of the namespace.
 * Anchored, so that it means the same to a reader that searches as to one that matches in full.
 */
export function spiffePattern(trustDomain: string, name: string): string {
  const service = name === '*' ? '[^/]+' : literal(formatSegment(name));
  return `^spiffe://${literal(trustDomain)}/ns/default/dc/[^/]+/svc/${service}$`;
}
