/** The Consul whose API is spoken here. */
const consul = '1.20.1';

/**
 * The version that tools read: Nomad and others refuse a Consul that is too old for them. It is the one whose
 * API is spoken; the agent's own stands behind the plus sign, where no comparison looks (Semantic Versioning, 10).
 */
export function spokenVersion(own: string): string {
  return `${consul}+chancery.${own}`;
}
