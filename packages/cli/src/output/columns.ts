import { visibleLine } from './visible-text.ts';

/** Lines of columns two spaces apart, or as many as are asked for, each as wide as its widest cell; the last is not padded. */
export function columns(cells: readonly (readonly string[])[], gap = 2): string {
  const rows = cells.map((row) => row.map(visibleLine));
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map((row) => line(row, widths, gap)).join('\n');
}

function line(row: readonly string[], widths: readonly number[], gap: number): string {
  const last = row.length - 1;
  const cells = row.map((cell, at) => (at === last ? cell : cell.padEnd(widths[at] ?? 0)));
  return cells.join(' '.repeat(gap));
}
