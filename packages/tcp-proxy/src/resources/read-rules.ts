import type { Any } from '@bufbuild/protobuf/wkt';
import {
  type Permission,
  PermissionSchema,
  type Policy,
  PolicySchema,
  RBAC_Action,
  type RBAC as RbacRules,
  RBACSchema as RbacRulesSchema,
} from '@chancery/envoy-api/envoy/config/rbac/v3/rbac';
import { RBACSchema } from '@chancery/envoy-api/envoy/extensions/filters/network/rbac/v3/rbac';
import type { AccessPolicy, AccessRules } from '../rules/access-rules.ts';
import { readPrincipals } from './read-principal.ts';
import { below, type Reading, refuse, understood } from './reading.ts';
import { unpack } from './typed-config.ts';

/** Reads the configuration of a network RBAC filter. */
export function readRulesFilter(at: Reading, any: Any | undefined): AccessRules | undefined {
  const filter = unpack(at, RBACSchema, any);
  if (filter === undefined) return undefined;
  // Shadow rules keep nobody out: they name decisions for Envoy's access log.
  understood(at, RBACSchema, filter, ['rules', 'statPrefix', 'shadowRules']);
  const inside = below(at, 'rules');
  // Envoy lets everybody through then; here it is taken for a mistake.
  if (filter.rules === undefined) return refuse(inside, 'is missing');
  return readRules(inside, filter.rules);
}

function readRules(at: Reading, rules: RbacRules): AccessRules | undefined {
  understood(at, RbacRulesSchema, rules, ['action', 'policies']);
  const action = readAction(below(at, 'action'), rules.action);
  const policies = Object.entries(rules.policies).map(([name, policy]) =>
    readPolicy(below(at, `policies[${JSON.stringify(name)}]`), name, policy),
  );
  return action && { action, policies };
}

function readAction(at: Reading, action: RBAC_Action): AccessRules['action'] | undefined {
  if (action === RBAC_Action.ALLOW) return 'allow';
  return action === RBAC_Action.DENY ? 'deny' : refuse(at, 'must be ALLOW or DENY');
}

function readPolicy(at: Reading, name: string, policy: Policy): AccessPolicy {
  understood(at, PolicySchema, policy, ['permissions', 'principals']);
  const { permissions, principals } = policy;
  if (permissions.length === 0) refuse(below(at, 'permissions'), 'is empty');
  for (const [index, permission] of permissions.entries()) {
    requireAny(below(at, 'permissions', index), permission);
  }
  return { name, principals: readPrincipals(below(at, 'principals'), principals) };
}

/** What a connection is for is not looked into: a permission for less than everything is refused. */
function requireAny(at: Reading, permission: Permission): void {
  understood(at, PermissionSchema, permission, ['any']);
  const { rule } = permission;
  if (rule.case !== 'any' || !rule.value) refuse(at, 'must be "any"');
}
