/** One number that was measured. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  /** What is asked of it; a figure without is there to explain another. */
  readonly goal?: Goal;
  /** Whether more is better; less is, unless this is set. */
  readonly moreIsBetter?: boolean;
}

/** A bound that is part of the goal. */
export type Goal = { readonly atMost: number } | { readonly atLeast: number };

/** Whether a value is within its bound. */
export function isReached(value: number, goal: Goal): boolean {
  return 'atMost' in goal ? value <= goal.atMost : value >= goal.atLeast;
}

/** How many times better a figure is than the same of another. */
export function timesBetter({ value, moreIsBetter }: Figure, other: Figure): number {
  return moreIsBetter === true ? value / other.value : other.value / value;
}

/** A number with three digits that count. */
export function readable(value: number): string {
  if (!Number.isFinite(value)) return '-';
  if (Math.abs(value) >= 100) return Math.round(value).toLocaleString('en-US');
  return String(Number(value.toPrecision(Math.abs(value) < 1 ? 2 : 3)));
}
