import { decide } from './decide.ts';
import { formatIntention } from './explain.ts';
import type { IntentionAction, Permission, Rule, Rules, Verdict } from './intention.ts';
import { type MatchesPattern, mismatch, type ShownRequest } from './shown-request.ts';

/** What became of one permission while a request was held to it. */
export interface ConsideredPermission {
  /** Its place in the intention, from 0. */
  readonly position: number;
  readonly permission: Permission;
  readonly outcome: 'decides' | 'comes-later' | 'other-request';
  /** One sentence for people. */
  readonly why: string;
}

/** What intentions say of one request, and where that comes from. */
export interface RequestVerdict {
  readonly allowed: boolean;
  /** The rule for connections; with permissions it decides by one of them, or leaves the request to the default. */
  readonly reason: Verdict['reason'];
  /** The permissions of the rule, in the order in which they are tried; none where it has an action. */
  readonly permissions: readonly ConsideredPermission[];
  /** One sentence for people. */
  readonly summary: string;
}

/**
 * Whether a request is allowed, as Consul's rules for HTTP have it: the first intention that speaks of the source
 * decides; by its permissions if it has any, of which the first that the request looks like counts. One that looks like none
 * of them is left to the default, not to the next intention. A permission that asks for a token is not met: a request shows none here.
 */
export function decideRequest(
  rules: Rules,
  source: string,
  request: ShownRequest,
  matches: MatchesPattern,
): RequestVerdict {
  const verdict = decide(rules, source);
  const { reason } = verdict;
  const permissions = reason.kind === 'rule' ? reason.rule.intention.permissions : undefined;
  if (reason.kind === 'default' || permissions === undefined) {
    return { ...verdict, permissions: [], summary: asConnection(verdict) };
  }
  const considered = consider(permissions, request, matches);
  const met = considered.find(({ outcome }) => outcome === 'decides');
  const action = met?.permission.action ?? rules.defaultAction;
  return {
    allowed: action === 'allow',
    reason,
    permissions: considered,
    summary: summarise(reason.rule, met, action),
  };
}

function consider(
  permissions: readonly Permission[],
  request: ShownRequest,
  matches: MatchesPattern,
): readonly ConsideredPermission[] {
  let decided: number | undefined;
  return permissions.map((permission, position): ConsideredPermission => {
    if (decided !== undefined) {
      const why = `permission ${decided + 1} comes before it`;
      return { position, permission, outcome: 'comes-later', why };
    }
    const why = notMet(permission, request, matches);
    if (why !== undefined) return { position, permission, outcome: 'other-request', why };
    decided = position;
    const first = 'it is the first that the request looks like';
    return { position, permission, outcome: 'decides', why: first };
  });
}

function notMet(
  { http, jwt }: Permission,
  request: ShownRequest,
  matches: MatchesPattern,
): string | undefined {
  const other = http && mismatch(http, request, matches);
  return other ?? (jwt && 'it asks for a token, and no token is looked at here');
}

function asConnection({ allowed, reason }: Verdict): string {
  const verdict = allowed ? 'allowed' : 'denied';
  if (reason.kind === 'default') return `${verdict}: no intention speaks of it, as by default`;
  return `${verdict}: ${formatIntention(reason.rule.intention)} decides, whatever is requested`;
}

function summarise(
  { intention }: Rule,
  met: ConsideredPermission | undefined,
  action: IntentionAction,
): string {
  const verdict = action === 'allow' ? 'allowed' : 'denied';
  const named = formatIntention(intention);
  if (met !== undefined) return `${verdict}: permission ${met.position + 1} of ${named} decides`;
  return `${verdict}: no permission of ${named} is about it, and the default is ${action}`;
}
