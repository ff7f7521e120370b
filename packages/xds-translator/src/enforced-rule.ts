import { fromBinary, type JsonObject, toJson } from '@bufbuild/protobuf';
import { TypedExtensionConfigSchema } from '@chancery/envoy-api/envoy/config/core/v3/extension';
import {
  type Policy,
  PolicySchema,
  type Principal,
  RBAC_Action,
  type RBAC as RbacRules,
} from '@chancery/envoy-api/envoy/config/rbac/v3/rbac';
import { RBACSchema } from '@chancery/envoy-api/envoy/extensions/filters/network/rbac/v3/rbac';
import type { Resource } from './resource.ts';

/** What the intentions filter of a proxy does with one peer. */
export interface EnforcedRule {
  readonly allowed: boolean;
  readonly action: 'ALLOW' | 'DENY';
  /** The policy that the peer meets; none where the lack of one decides. */
  readonly policy?: { readonly name: string; readonly json: JsonObject };
  /** What the access log names as the reason: `web => db (deny)`, `default (allow)`. None where no rules could be compiled. */
  readonly logged?: string;
}

/** Reads the extension config of the intentions filter as Envoy does, about a peer by its SPIFFE ID. */
export function enforcedRule({ body }: Pick<Resource, 'body'>, spiffeId: string): EnforcedRule {
  const { typedConfig } = fromBinary(TypedExtensionConfigSchema, body);
  const filter = fromBinary(RBACSchema, typedConfig?.value ?? new Uint8Array());
  const { rules, shadowRules } = filter;
  const isAllow = rules?.action === RBAC_Action.ALLOW;
  const met = policyFor(rules, spiffeId);
  const logged = policyFor(shadowRules, spiffeId)?.[0];
  return {
    allowed: isAllow === (met !== undefined),
    action: isAllow ? 'ALLOW' : 'DENY',
    ...(met && { policy: { name: met[0], json: policyJson(met[1]) } }),
    ...(logged !== undefined && { logged }),
  };
}

function policyFor(rules: RbacRules | undefined, spiffeId: string): [string, Policy] | undefined {
  return Object.entries(rules?.policies ?? {}).find(([, { principals }]) =>
    principals.some((principal) => standsFor(principal, spiffeId)),
  );
}

function standsFor({ identifier }: Principal, spiffeId: string): boolean {
  switch (identifier.case) {
    case 'any':
      return identifier.value;
    case 'andIds':
      return identifier.value.ids.every((each) => standsFor(each, spiffeId));
    case 'notId':
      return !standsFor(identifier.value, spiffeId);
    case 'authenticated': {
      const pattern = identifier.value.principalName?.matchPattern;
      if (pattern?.case !== 'safeRegex') return false;
      return new RegExp(`^(?:${pattern.value.regex})$`).test(spiffeId);
    }
    default:
      return false;
  }
}

/** In the spelling of Envoy's documentation and config dump. */
function policyJson(policy: Policy): JsonObject {
  return toJson(PolicySchema, policy, { useProtoFieldName: true }) as JsonObject;
}
