import { decide, type Rule, type Rules, type Verdict, WILDCARD } from '@chancery/intentions';

/** Who may connect to one destination: what is decided of each source that a rule names, and of all others. */
export interface Admission {
  readonly named: ReadonlyMap<string, boolean>;
  readonly others: boolean;
}

/** Rules by whom they speak of, each in their order. */
export type RulesBySource = ReadonlyMap<string, readonly Rule[]>;

/** The rules of one destination, made ready to be asked about many sources. */
export interface Destination {
  /** What is said of this destination: it comes before what is said of all. */
  readonly own: RulesBySource;
  /** What is said of all destinations; most have the same one. */
  readonly base: RulesBySource;
  /** Those of the rules that speak of a source: what `decide` says by them it says by all. */
  readonly rulesOn: (source: string) => Rules;
  readonly verdict: (source: string) => Verdict;
  readonly admission: Admission;
}

/** Sorts rules by whom they speak of. */
export function bySource(rules: readonly Rule[]): RulesBySource {
  return Map.groupBy(rules, ({ intention }) => intention.source);
}

/** A destination of which something is said, besides what is said of all. */
export function destinationOf(
  { destination, defaultAction }: Omit<Rules, 'rules'>,
  own: RulesBySource,
  base: RulesBySource,
): Destination {
  const on = (source: string): readonly Rule[] => rulesAbout(source, own, base);
  const verdict = (source: string): Verdict =>
    decide({ destination, defaultAction, rules: on(source).slice(0, 1) }, source);
  let admission: Admission | undefined;
  return {
    own,
    base,
    rulesOn: (source) => ({ destination, defaultAction, rules: on(source) }),
    verdict,
    get admission() {
      admission ??= { named: verdicts(own, base, verdict), others: verdict(WILDCARD).allowed };
      return admission;
    },
  };
}

/** A named destination counts for more than a named source. */
function rulesAbout(source: string, own: RulesBySource, base: RulesBySource): readonly Rule[] {
  const names = source === WILDCARD ? [WILDCARD] : [source, WILDCARD];
  return [own, base].flatMap((layer) => names.flatMap((name) => layer.get(name) ?? []));
}

/** The sources that rules name: those of which something is said here, then those of which it is said of all. */
export function* namedSources({ own, base }: Pick<Destination, 'own' | 'base'>): Iterable<string> {
  for (const name of own.keys()) if (name !== WILDCARD) yield name;
  for (const name of base.keys()) if (name !== WILDCARD && !own.has(name)) yield name;
}

function verdicts(
  own: RulesBySource,
  base: RulesBySource,
  verdict: Destination['verdict'],
): ReadonlyMap<string, boolean> {
  const named = namedSources({ own, base });
  return new Map([...named].map((name) => [name, verdict(name).allowed] as const));
}

/** Whether a source may connect where an admission is about. */
export function admits(admission: Admission, source: string): boolean {
  return admission.named.get(source) ?? admission.others;
}
