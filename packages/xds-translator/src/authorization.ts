import { create } from '@bufbuild/protobuf';
import { pack } from '@chancery/envoy-api';
import {
  type TypedExtensionConfig,
  TypedExtensionConfigSchema,
} from '@chancery/envoy-api/envoy/config/core/v3/extension';
import {
  type Policy,
  PolicySchema,
  type Principal,
  PrincipalSchema,
  RBAC_Action,
  type RBAC as RbacRules,
  RBACSchema as RbacRulesSchema,
} from '@chancery/envoy-api/envoy/config/rbac/v3/rbac';
import { RBACSchema } from '@chancery/envoy-api/envoy/extensions/filters/network/rbac/v3/rbac';
import { spiffePattern } from '@chancery/identity';
import type { AuthorizationPolicy, DecisionClause } from '@chancery/intentions';
import { intentionsFilter } from './resource-names.ts';

/**
 * The extension config that says whom the intentions filter lets through. Beside what it enforces it holds all
 * that may decide, as shadow rules: these refuse nobody, and give each connection in the access log the name of
 * what decided about it.
 * Throws where the policy cannot be said in it without losing a rule.
 */
export function authorization(
  policy: AuthorizationPolicy,
  clauses: readonly DecisionClause[],
  trustDomain: string,
): TypedExtensionConfig {
  const action = policy.action === 'allow' ? RBAC_Action.ALLOW : RBAC_Action.DENY;
  return extension(
    create(RbacRulesSchema, { action, policies: policiesOf(policy.policies, trustDomain) }),
    create(RbacRulesSchema, {
      action: RBAC_Action.ALLOW,
      policies: policiesOf(clauses, trustDomain),
    }),
  );
}

/** The extension config that lets nobody through: what stands in for intentions that cannot be compiled. */
export function denyAll(): TypedExtensionConfig {
  return extension(create(RbacRulesSchema, { action: RBAC_Action.ALLOW, policies: {} }));
}

function extension(rules: RbacRules, shadowRules?: RbacRules): TypedExtensionConfig {
  const filter = create(RBACSchema, {
    statPrefix: 'connect_authz',
    rules,
    ...(shadowRules && { shadowRules }),
  });
  return create(TypedExtensionConfigSchema, {
    name: intentionsFilter,
    typedConfig: pack(RBACSchema, filter),
  });
}

function policiesOf(
  clauses: readonly DecisionClause[],
  trustDomain: string,
): Readonly<Record<string, Policy>> {
  const policies: Record<string, Policy> = {};
  for (const { name, source, except } of clauses) {
    // A second policy would take the place of the first, and a denial would be lost.
    if (Object.hasOwn(policies, name))
      throw new Error(`two rules are named ${JSON.stringify(name)}`);
    policies[name] = create(PolicySchema, {
      permissions: [{ rule: { case: 'any', value: true } }],
      principals: [principal(trustDomain, source, except)],
    });
  }
  return policies;
}

function principal(
  trustDomain: string,
  source: string | undefined,
  except: readonly string[],
): Principal {
  const included = source === undefined ? anybody() : named(trustDomain, source);
  if (except.length === 0) return included;
  const excluded = except.map((name) => not(named(trustDomain, name)));
  return create(PrincipalSchema, {
    identifier: { case: 'andIds', value: { ids: [included, ...excluded] } },
  });
}

function anybody(): Principal {
  return create(PrincipalSchema, { identifier: { case: 'any', value: true } });
}

function named(trustDomain: string, source: string): Principal {
  if (source === '') throw new Error('a rule names no source');
  const regex = spiffePattern(trustDomain, source);
  const safeRegex = { case: 'safeRegex', value: { regex } } as const;
  return create(PrincipalSchema, {
    identifier: { case: 'authenticated', value: { principalName: { matchPattern: safeRegex } } },
  });
}

function not(identifier: Principal): Principal {
  return create(PrincipalSchema, { identifier: { case: 'notId', value: identifier } });
}
