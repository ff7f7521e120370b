import { decide, type Rule, type Rules, type Verdict, WILDCARD } from '@chancery/intentions';

/** Who may connect to one destination: what is decided of each source that a rule names, and of all others. */
export interface Admission {
  readonly named: ReadonlyMap<string, boolean>;
  readonly others: boolean;
}

/** The rules of one destination, made ready to be asked about many sources. */
export interface Destination {
  /** Those of the rules that speak of a source: what `decide` says by them it says by all. */
  readonly rulesOn: (source: string) => Rules;
  readonly verdict: (source: string) => Verdict;
  readonly admission: Admission;
}

/** Sorts the rules of a destination by whom they speak of. */
export function destinationBy(rules: Rules): Destination {
  const own = Map.groupBy(rules.rules, ({ intention }) => intention.source);
  const ofAll = own.get(WILDCARD) ?? [];
  own.delete(WILDCARD);
  const rulesOn = (source: string): Rules => ({
    ...rules,
    rules: inOrder([...(own.get(source) ?? []), ...ofAll]),
  });
  const verdict = (source: string): Verdict => {
    const first = earlier(own.get(source)?.[0], ofAll[0]);
    return decide({ ...rules, rules: first === undefined ? [] : [first] }, source);
  };
  const named = new Map([...own.keys()].map((name) => [name, verdict(name).allowed] as const));
  return { rulesOn, verdict, admission: { named, others: verdict(WILDCARD).allowed } };
}

/** Of the first rules of two kinds, each of which has its own in order, the one that decides. */
function earlier(one: Rule | undefined, other: Rule | undefined): Rule | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.precedence > other.precedence ? one : other;
}

/** One source and the wildcard never share a precedence. */
function inOrder(rules: readonly Rule[]): readonly Rule[] {
  return rules.toSorted((a, b) => b.precedence - a.precedence);
}

/** Whether a source may connect where an admission is about. */
export function admits(admission: Admission, source: string): boolean {
  return admission.named.get(source) ?? admission.others;
}
