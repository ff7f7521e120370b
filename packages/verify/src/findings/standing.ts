import { decide, type Intention, type Verdict, WILDCARD } from '@chancery/intentions';
import { decider } from '../mesh/decider.ts';
import type { Mesh } from '../mesh/mesh.ts';
import type { Steps } from '../steps.ts';

/** Why an intention has no effect though it names services that exist. */
export interface Standing {
  readonly kind: 'shadowed' | 'redundant';
  /** What decides in its place: `* => db (deny)`, `the default (allow)`. */
  readonly others: ReadonlySet<string>;
}

/** Others decide for every pair of services that exist. What it would decide of services to come is no matter. */
export function* shadow(mesh: Mesh, intention: Intention): Steps<Standing | undefined> {
  const others = new Set<string>();
  for (const { source, destination } of pairsOf(mesh, intention, 'existing')) {
    yield;
    const verdict = mesh.destination(destination).verdict(source);
    if (isBy(verdict, intention)) return undefined;
    others.add(decider(verdict));
  }
  return others.size === 0 ? undefined : { kind: 'shadowed', others };
}

/**
 * Without it the same would be decided wherever it decides, also about services to come. Permissions are about
 * requests, which is more than is compared here: where they have a say nothing is redundant.
 */
export function* redundancy(mesh: Mesh, intention: Intention): Steps<Standing | undefined> {
  const others = new Set<string>();
  if (intention.permissions !== undefined) return undefined;
  for (const { source, destination } of pairsOf(mesh, intention, 'any')) {
    yield;
    const verdict = mesh.destination(destination).verdict(source);
    if (!isBy(verdict, intention)) continue;
    const instead = verdictWithout(mesh, intention, { source, destination });
    if (instead.allowed !== verdict.allowed || isByPermissions(instead)) return undefined;
    others.add(decider(instead));
  }
  return others.size === 0 ? undefined : { kind: 'redundant', others };
}

interface Pair {
  readonly source: string;
  readonly destination: string;
}

/** Which services are looked at: those that exist, or also those to come. */
type Scope = 'existing' | 'any';

/** The pairs that an intention speaks of; of sources that are decided about alike only one. */
function* pairsOf(mesh: Mesh, { source, destination }: Intention, scope: Scope): Iterable<Pair> {
  for (const to of destination === WILDCARD ? destinationsIn(mesh, scope) : [destination]) {
    for (const from of source === WILDCARD ? sourcesOf(mesh, to, scope) : [source]) {
      if (from !== to || from === WILDCARD) yield { source: from, destination: to };
    }
  }
}

function destinationsIn({ services }: Mesh, scope: Scope): readonly string[] {
  return scope === 'any' ? [...services, WILDCARD] : services;
}

/** The sources that rules name, and one that stands for all others. */
function sourcesOf(mesh: Mesh, destination: string, scope: Scope): readonly string[] {
  const { named } = mesh.destination(destination).admission;
  if (scope === 'any') return [...named.keys(), WILDCARD];
  const other = mesh.services.find((name) => !named.has(name) && name !== destination);
  return [...[...named.keys()].filter(mesh.exists), ...(other === undefined ? [] : [other])];
}

function verdictWithout(mesh: Mesh, intention: Intention, { source, destination }: Pair): Verdict {
  const rules = mesh.destination(destination).rulesOn(source);
  const rest = rules.rules.filter((rule) => !isSame(rule.intention, intention));
  return decide({ ...rules, rules: rest }, source);
}

function isBy({ reason }: Verdict, intention: Intention): boolean {
  return reason.kind === 'rule' && isSame(reason.rule.intention, intention);
}

function isSame(a: Intention, b: Intention): boolean {
  return a.source === b.source && a.destination === b.destination;
}

function isByPermissions({ reason }: Verdict): boolean {
  return reason.kind === 'rule' && reason.rule.intention.permissions !== undefined;
}
