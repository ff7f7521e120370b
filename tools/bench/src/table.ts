import { type Figure, type Goal, isReached, readable, timesBetter } from './figure.ts';

/** What was measured of each subject; the first is ours. */
export interface Results {
  readonly subjects: readonly string[];
  /** The figures of the subjects, in their order; of a peer, those it has. */
  readonly figures: readonly (readonly Figure[])[];
}

/** A Markdown table of ours beside the peer's, aligned to be read as text too. */
export function table({ subjects, figures }: Results): string {
  const [ours = [], theirs] = figures;
  const head = ['measure', 'asked', ...subjects, ...(theirs ? ['times better'] : []), ''];
  const rows = ours.map((figure) => {
    const peer = theirs?.find(({ name }) => name === figure.name);
    return [...own(figure), ...(theirs ? compared(figure, peer) : []), verdict(figure)];
  });
  return aligned([head, ...rows]);
}

function own(figure: Figure): readonly string[] {
  const { name, unit, goal } = figure;
  return [name, goal === undefined ? '' : asked(goal, unit), quantity(figure)];
}

function compared(figure: Figure, peer: Figure | undefined): readonly string[] {
  return peer === undefined ? ['-', '-'] : [quantity(peer), readable(timesBetter(figure, peer))];
}

function verdict({ value, goal }: Figure): string {
  if (goal === undefined) return '';
  return isReached(value, goal) ? 'reached' : 'MISSED';
}

function quantity({ value, unit }: Figure): string {
  return `${readable(value)} ${unit}`.trim();
}

function asked(goal: Goal, unit: string): string {
  return 'atMost' in goal
    ? `<= ${readable(goal.atMost)} ${unit}`.trim()
    : `>= ${readable(goal.atLeast)} ${unit}`.trim();
}

function aligned([head = [], ...rows]: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  );
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, at) => cell.padEnd(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n');
}
