/** Lines of columns two spaces apart, each as wide as its widest cell; the last is not padded. */
export function columns(rows: readonly (readonly string[])[]): string {
  const widths: number[] = [];
  for (const row of rows) {
    for (const [at, cell] of row.entries()) widths[at] = Math.max(widths[at] ?? 0, cell.length);
  }
  return rows.map((row) => line(row, widths)).join('\n');
}

function line(row: readonly string[], widths: readonly number[]): string {
  const last = row.length - 1;
  return row.map((cell, at) => (at === last ? cell : cell.padEnd(widths[at] ?? 0))).join('  ');
}
