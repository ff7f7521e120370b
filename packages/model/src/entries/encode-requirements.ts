import {
  type IntentionPermission,
  intentionPermission,
  type JwtRequirement,
  jwtRequirement,
} from './intention-permission.ts';

/** A permission as Consul's HTTP API prints it. */
export function encodeIntentionPermission(permission: IntentionPermission): object {
  return intentionPermission.encode(permission) as object;
}

/** What is asked of tokens as Consul's HTTP API prints it. */
export function encodeJwtRequirement(requirement: JwtRequirement): object {
  return jwtRequirement.encode(requirement) as object;
}
