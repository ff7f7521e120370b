import { decide, type Intention, type Verdict, WILDCARD } from '@chancery/intentions';
import { decider } from '../mesh/decider.ts';
import { namedSources } from '../mesh/destination.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { Steps } from '../steps.ts';
import { isBy, isSame, isSelf, type Pair } from './standing.ts';
import type { Survey } from './survey.ts';

/**
 * Those that would decide the same wherever an intention decides, also about services to come, if it was not there; none
 * where something would change. Permissions are about requests, which is more than is compared here: where they have a
 * say nothing is redundant.
 */
export function* redundancy(
  survey: Survey,
  intention: Intention,
): Steps<ReadonlySet<string> | undefined> {
  const { mesh } = survey;
  const others = new Set<string>();
  if (intention.permissions !== undefined) return undefined;
  for (const { source, destination } of pairsOf(survey, intention)) {
    yield;
    const verdict = mesh.destination(destination).verdict(source);
    if (!isBy(verdict, intention)) continue;
    const instead = verdictWithout(mesh, intention, { source, destination });
    if (instead.allowed !== verdict.allowed || isByPermissions(instead)) return undefined;
    others.add(decider(instead));
  }
  return others.size === 0 ? undefined : others;
}

/**
 * Of sources that are decided about alike only one. What is said of all destinations decides at each of them as it does
 * at one to come, if at all, unless that asks for tokens.
 */
function* pairsOf({ mesh, apart }: Survey, { source, destination }: Intention): Iterable<Pair> {
  for (const to of destination === WILDCARD ? [WILDCARD, ...apart] : [destination]) {
    for (const from of source === WILDCARD ? anyoneAt(mesh, to) : [source]) {
      const pair = { source: from, destination: to };
      if (!isSelf(pair)) yield pair;
    }
  }
}

/** The sources that rules name, and who stands for all others. */
function* anyoneAt(mesh: Mesh, destination: string): Iterable<string> {
  yield* namedSources(mesh.destination(destination));
  yield WILDCARD;
}

function verdictWithout(mesh: Mesh, intention: Intention, { source, destination }: Pair): Verdict {
  const rules = mesh.destination(destination).rulesOn(source);
  const rest = rules.rules.filter((rule) => !isSame(rule.intention, intention));
  return decide({ ...rules, rules: rest }, source);
}

function isByPermissions({ reason }: Verdict): boolean {
  return reason.kind === 'rule' && reason.rule.intention.permissions !== undefined;
}
