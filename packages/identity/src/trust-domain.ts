const TRUST_DOMAIN = /^[a-z0-9._-]{1,255}$/;

/** Tells whether a text can be a trust domain (SPIFFE-ID standard, section 2.1: lower case, no port, at most 255 bytes). */
export function isTrustDomain(text: string): boolean {
  return TRUST_DOMAIN.test(text);
}

/** The trust domain of a cluster; what Consul derives from the cluster's UUID. */
export function trustDomainOf(clusterId: string): string {
  return `${clusterId.toLowerCase()}.consul`;
}
