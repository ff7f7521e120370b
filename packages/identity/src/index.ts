export { literal } from './literal.ts';
export { type ServiceRef, serviceKey, serviceRef, type Target } from './service-ref.ts';
export { serviceSni } from './service-sni.ts';
export {
  parseSpiffeId,
  type ServiceIdentity,
  servicePath,
  serviceSpiffeId,
  spiffePattern,
} from './spiffe-id.ts';
export { isTrustDomain, trustDomainOf } from './trust-domain.ts';
