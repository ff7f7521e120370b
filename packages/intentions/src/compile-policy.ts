import { connectionAction } from './connection-action.ts';
import type { AuthorizationPolicy, Intention, IntentionAction, Rule, Rules } from './intention.ts';
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

/** Leaves out the rules that never decide: those about a source that was named before, and all after a wildcard. */
function decidingRules(rules: readonly Rule[]): readonly Rule[] {
  const wildcard = rules.findIndex(({ intention }) => intention.source === WILDCARD);
  const reached = wildcard === -1 ? rules : rules.slice(0, wildcard + 1);
  const named = new Set<string>();
  return reached.filter(
    ({ intention }) => !named.has(intention.source) && named.add(intention.source),
  );
}

function sources(rules: readonly Rule[]): readonly string[] {
  return rules.map(({ intention }) => intention.source);
}

function opposite(action: IntentionAction): IntentionAction {
  return action === 'allow' ? 'deny' : 'allow';
}

/** `web => db`. Odd names are quoted: two policies under one name would be one policy, and a denial lost. */
function policyName(intention: Intention): string {
  return `${quoted(intention.source)} => ${quoted(intention.destination)}`;
}

function quoted(name: string): string {
  return /^[^\s"]+$/.test(name) ? name : JSON.stringify(name);
}
