import { type Difference, differences } from './compare.ts';
import type { Played } from './play.ts';

/** Why answers differ in some places, and mean to. */
export interface KnownDifference {
  /** The titles of the exchanges or commands. */
  readonly steps: RegExp;
  /** The places, as JSON pointers into what was answered or printed. */
  readonly places: RegExp;
  readonly reason: string;
}

/** A step with the places in which it differs. */
export interface DifferingStep {
  readonly title: string;
  readonly places: readonly Difference[];
}

/** What differs, by the reason that is known for it. */
export interface Explained {
  /** How many steps there are. */
  readonly total: number;
  readonly alike: number;
  readonly known: readonly { readonly reason: string; readonly steps: readonly DifferingStep[] }[];
  /** What nobody has given a reason for: a defect, or a reason to be written. */
  readonly unexplained: readonly DifferingStep[];
  /** Reasons for differences that are none any more. */
  readonly stale: readonly KnownDifference[];
}

/** Holds what one side answered against the other's, and each difference against the reasons that are known. */
export function explain<T>(
  consul: Played<T>,
  ours: Played<T>,
  known: readonly KnownDifference[],
): Explained {
  const differing = consul
    .map(({ title, got }, place) => ({ title, places: differences(got, ours[place]?.got) }))
    .filter(({ places }) => places.length > 0);
  const byReason = known.map((each) => ({ each, steps: matching(differing, each) }));
  return {
    total: consul.length,
    alike: consul.length - differing.length,
    known: [...Map.groupBy(byReason, ({ each }) => each.reason)]
      .map(([reason, alike]) => ({ reason, steps: alike.flatMap(({ steps }) => steps) }))
      .filter(({ steps }) => steps.length > 0),
    unexplained: differing
      .map(({ title, places }) => ({ title, places: withoutReason(title, places, known) }))
      .filter(({ places }) => places.length > 0),
    stale: byReason.filter(({ steps }) => steps.length === 0).map(({ each }) => each),
  };
}

function matching(
  steps: readonly DifferingStep[],
  known: KnownDifference,
): readonly DifferingStep[] {
  return steps
    .map(({ title, places }) => ({
      title,
      places: places.filter((place) => explains(known, title, place)),
    }))
    .filter(({ places }) => places.length > 0);
}

function withoutReason(
  title: string,
  places: readonly Difference[],
  known: readonly KnownDifference[],
): readonly Difference[] {
  return places.filter((place) => !known.some((each) => explains(each, title, place)));
}

function explains({ steps, places }: KnownDifference, title: string, { at }: Difference): boolean {
  return steps.test(title) && places.test(at);
}
