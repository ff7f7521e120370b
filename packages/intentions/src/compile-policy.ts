import { connectionAction } from './connection-action.ts';
import { decidingRules } from './deciding-rules.ts';
import type { AuthorizationPolicy, IntentionAction, Rule, Rules } from './intention.ts';
import { policyName } from './policy-name.ts';
import { WILDCARD } from './precedence.ts';

/**
 * The rules as an RBAC filter can carry them. A source meets at most one policy, the one named after the
 * rule that decides about it: so the policy that Envoy reports is the reason that `decide` gives. Like
 * `decide` it judges connections: an intention with permissions denies.
 */
export function compilePolicy(rules: Rules): AuthorizationPolicy {
  const deciding = decidingRules(rules.rules);
  const policies = deciding.flatMap(({ intention }, position) =>
    connectionAction(intention) === rules.defaultAction
      ? []
      : [
          {
            name: policyName(intention),
            source: intention.source,
            except: intention.source === WILDCARD ? sources(deciding.slice(0, position)) : [],
          },
        ],
  );
  return { action: opposite(rules.defaultAction), policies };
}

function sources(rules: readonly Rule[]): readonly string[] {
  return rules.map(({ intention }) => intention.source);
}

function opposite(action: IntentionAction): IntentionAction {
  return action === 'allow' ? 'deny' : 'allow';
}
