import type { CheckProbe, CheckStatus } from '@chancery/model';
import { defineQuery, type Query, type View } from '@chancery/store';
import { type Check, type CheckState, checkStatuses, checks } from './check.ts';
import { instances } from './instance.ts';
import { checkKey, instanceKey, subjectKey } from './keys.ts';

type AliasProbe = Extract<CheckProbe, { kind: 'alias' }>;

const RANK: Readonly<Record<CheckStatus, number>> = { passing: 0, warning: 1, critical: 2 };

/** The worse of two verdicts. */
export function worse(a: CheckStatus, b: CheckStatus): CheckStatus {
  return RANK[a] >= RANK[b] ? a : b;
}

/** What a check finds at present, by check key (`checkKey`). An alias is derived from what it stands for, so it is never stale. */
export const checkState: Query<string, CheckState | undefined> = defineQuery<
  string,
  CheckState | undefined
>({
  name: 'catalog.checkState',
  evaluate: (view, key) => {
    const check = view.get(checks, key);
    return check === undefined ? undefined : stateOf(view, check);
  },
  equal: sameState,
});

/**
 * The worst verdict of the checks attached to an instance, or with an empty service ID to the node
 * itself, by `subjectKey`. Passing where there is none.
 */
export const subjectStatus: Query<string, CheckStatus> = defineQuery<string, CheckStatus>({
  name: 'catalog.subjectStatus',
  evaluate: (view, subject) =>
    view
      .by(checks, 'subject', subject)
      .map((check) => stateOf(view, check).status)
      .reduce(worse, 'passing'),
});

/** Reads a check's verdict inside a query. */
export function stateOf(view: View, check: Check): CheckState {
  return resolvedState(view, check, new Set());
}

/** Aliases may stand for each other in a circle: one that is being resolved counts for nothing. */
function resolvedState(view: View, check: Check, resolving: Set<string>): CheckState {
  if (check.probe.kind === 'alias') return aliasState(view, check, check.probe, resolving);
  const stored = view.get(checkStatuses, checkKey(check.node, check.checkId));
  return stored === undefined
    ? { status: check.initialStatus, output: '' }
    : { status: stored.status, output: stored.output };
}

function aliasState(
  view: View,
  check: Check,
  probe: AliasProbe,
  resolving: Set<string>,
): CheckState {
  resolving.add(checkKey(check.node, check.checkId));
  const node = probe.node ?? check.node;
  if (probe.serviceId !== '' && !view.get(instances, instanceKey(node, probe.serviceId))) {
    const output = `Service ${probe.serviceId} could not be found on node ${probe.node ?? ''}`;
    return { status: 'critical', output };
  }
  const found = aliasedChecks(view, check, probe)
    .filter((aliased) => !resolving.has(checkKey(aliased.node, aliased.checkId)))
    .map((aliased) => ({ aliased, state: resolvedState(view, aliased, resolving) }));
  return summary(found);
}

/**
 * An alias stands for the checks of an instance and of its node. What others report about the
 * alias's own node is left out, as an agent does not run that; it takes the node out by itself.
 */
function aliasedChecks(view: View, check: Check, probe: AliasProbe): readonly Check[] {
  const node = probe.node ?? check.node;
  const ofNode = view
    .by(checks, 'subject', subjectKey(node, ''))
    .filter((aliased) => node !== check.node || aliased.probe.kind !== 'reported');
  if (probe.serviceId === '') return ofNode;
  return [...view.by(checks, 'subject', subjectKey(node, probe.serviceId)), ...ofNode];
}

function summary(found: readonly { aliased: Check; state: CheckState }[]): CheckState {
  if (found.length === 0) return { status: 'passing', output: 'No checks found.' };
  const status = found.map(({ state }) => state.status).reduce(worse, 'passing');
  if (status === 'passing') return { status, output: 'All checks passing.' };
  const first = found.find(({ state }) => state.status === status);
  return {
    status,
    output: `Aliased check "${first?.aliased.name}" failing: ${first?.state.output}`,
  };
}

function sameState(a: CheckState | undefined, b: CheckState | undefined): boolean {
  return a?.status === b?.status && a?.output === b?.output;
}
