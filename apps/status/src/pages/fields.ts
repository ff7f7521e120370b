import { folded } from '../frame/fit.ts';
import { blank, type Line, line, type Span, span } from '../frame/span.ts';

/** A name and what it has, aligned with its neighbours. */
export function field(name: string, ...value: readonly (Span | string)[]): Line {
  return line(span(`  ${name.padEnd(14)} `, 'faint'), ...value);
}

/** The heading of a part of a page, with room above it. */
export function section(title: string): readonly Line[] {
  return [blank, line('  ', span(title, 'strong'))];
}

/** A sentence in as many lines as it needs. */
export function sentence(
  text: string,
  {
    width,
    indent = '  ',
    mark,
  }: { readonly width: number; readonly indent?: string; readonly mark?: Span },
): readonly Line[] {
  const room = Math.max(10, width - indent.length - (mark?.text.length ?? 0) - 1);
  const rest = ' '.repeat(mark?.text.length ?? 0);
  return folded(text, room).map((part, at) =>
    line(indent, at === 0 && mark ? mark : rest, span(part)),
  );
}
