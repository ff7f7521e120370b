import {
  type Principal,
  type RBAC,
  RBAC_Action,
} from '@chancery/envoy-api/envoy/config/rbac/v3/rbac';
import type { StringMatcher } from '@chancery/envoy-api/envoy/type/matcher/v3/string';

/**
 * Whether policies, one filter after the other, deny a peer with a SPIFFE ID. Permissions are not
 * looked at: in the meshes of this benchmark they are "any".
 */
export function denies(policies: readonly RBAC[], spiffeId: string): boolean {
  return policies.some((policy) => {
    const found = Object.values(policy.policies).some(({ principals }) =>
      principals.some((principal) => matches(principal, spiffeId)),
    );
    return found === (policy.action === RBAC_Action.DENY);
  });
}

/** @throws Error for a kind of principal that no policy of this benchmark has. */
function matches({ identifier: { case: kind, value } }: Principal, spiffeId: string): boolean {
  switch (kind) {
    case 'any':
      return value;
    case 'notId':
      return !matches(value, spiffeId);
    case 'orIds':
      return value.ids.some((id) => matches(id, spiffeId));
    case 'andIds':
      return value.ids.every((id) => matches(id, spiffeId));
    case 'authenticated':
      return value.principalName === undefined || isText(value.principalName, spiffeId);
    default:
      throw new Error(`a policy has a principal of kind ${kind}`);
  }
}

function isText({ matchPattern: { case: kind, value } }: StringMatcher, text: string): boolean {
  switch (kind) {
    case 'exact':
      return value === text;
    case 'safeRegex':
      // RE2 in Envoy matches the whole text.
      return new RegExp(`^(?:${value.regex})$`).test(text);
    default:
      throw new Error(`a policy has a matcher of kind ${kind}`);
  }
}
