import { type IdentityPattern, matchesPattern } from './identity-pattern.ts';

/** Who may connect: the part of Envoy's RBAC that a proxy of TCP connections with mutual TLS can enforce. */
export interface AccessRules {
  /** `allow`: only whom a policy names. `deny`: everybody whom no policy names. */
  readonly action: 'allow' | 'deny';
  readonly policies: readonly AccessPolicy[];
}

/** Stands for a peer when one of its principals does. */
export interface AccessPolicy {
  readonly name: string;
  readonly principals: readonly Principal[];
}

/** Whom a policy means. */
export type Principal =
  | { readonly kind: 'any' }
  | { readonly kind: 'identity'; readonly pattern: IdentityPattern }
  | { readonly kind: 'all-of' | 'one-of'; readonly principals: readonly Principal[] }
  | { readonly kind: 'not'; readonly principal: Principal };

/** Whether a peer may connect, and the policy that decided, if one did. */
export interface Judgement {
  readonly allowed: boolean;
  readonly policy: string | undefined;
}

/** Judges a peer by the URI names in its certificate; a peer without certificate has none. */
export function judge(rules: AccessRules, identities: readonly string[]): Judgement {
  const met = rules.policies.find(({ principals }) =>
    principals.some((principal) => standsFor(principal, identities)),
  );
  return { allowed: (rules.action === 'allow') === (met !== undefined), policy: met?.name };
}

function standsFor(principal: Principal, identities: readonly string[]): boolean {
  switch (principal.kind) {
    case 'any':
      return true;
    case 'identity':
      return identities.some((identity) => matchesPattern(principal.pattern, identity));
    case 'all-of':
      return principal.principals.every((each) => standsFor(each, identities));
    case 'one-of':
      return principal.principals.some((each) => standsFor(each, identities));
    case 'not':
      return !standsFor(principal.principal, identities);
  }
}
