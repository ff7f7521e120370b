import { folded } from '../frame/fit.ts';
import { type Line, line, type Span, span } from '../frame/span.ts';
import { counted } from '../model/counted.ts';
import type { Problem } from '../model/problem.ts';

/** What failed, and what somebody should look at all the same. */
export interface Concerns {
  readonly problems: readonly Problem[];
  readonly warnings: readonly Problem[];
}

/** Where there is how much room, and what the cursor is on. */
export interface ConcernRoom {
  readonly width: number;
  readonly room: number;
  readonly cursor: string | undefined;
}

/** As many concerns as there is room for, those around the cursor; how many more there are is told. */
export function concernLines(
  { problems, warnings }: Concerns,
  { width, room, cursor }: ConcernRoom,
): readonly Line[] {
  const found = [
    ...problems.map(({ text }) => ({ text, sign: span('✗ ', 'bad') })),
    ...warnings.map(({ text }) => ({ text, sign: span('! ', 'warn') })),
  ];
  if (found.length === 0) return [line('  ', span('✓ No problems', 'good'))];
  const at = found.findIndex(({ text }) => text === cursor);
  const from = Math.max(0, Math.min(at - room + 2, found.length - room + 1));
  const lines: Line[] = [heading(problems.length, warnings.length)];
  let shown = from;
  for (const { text, sign } of found.slice(from)) {
    const parts = concernLine(text, sign, { width, selected: text === cursor });
    if (lines.length + parts.length > room) break;
    lines.push(...parts);
    shown += 1;
  }
  const hidden = found.length - shown;
  return hidden === 0 ? lines : [...lines, line(span(`    … ${hidden} more`, 'faint'))];
}

function heading(problems: number, warnings: number): Line {
  return line(
    ...(problems === 0 ? [] : [span(`  ✗ ${counted(problems, 'problem')}`, 'bad')]),
    ...(warnings === 0 ? [] : [span(`  ! ${counted(warnings, 'warning')}`, 'warn')]),
  );
}

/** A concern in two lines at most; all of it is where `enter` leads. */
function concernLine(
  text: string,
  sign: Span,
  { width, selected }: { readonly width: number; readonly selected: boolean },
): readonly Line[] {
  // One sign less than there is room for: what goes on elsewhere says so.
  const parts = folded(text, Math.max(10, width - 7));
  const shown = parts.slice(0, 2);
  if (parts.length > 2) shown[1] = `${shown[1]}…`;
  return shown.map((part, at) => ({
    spans: [
      span(selected && at === 0 ? '▸ ' : '  ', 'accent'),
      at === 0 ? sign : span('  '),
      span(part),
    ],
    selected,
  }));
}
