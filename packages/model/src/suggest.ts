/** The candidate a misspelt name most likely meant, or undefined when none is near. Case and underscores do not count. */
export function suggest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = fold(name);
  if (wanted.length > 100) return undefined;
  let best: { candidate: string; distance: number } | undefined;
  for (const candidate of candidates) {
    const distance = editDistance(wanted, fold(candidate));
    if (best === undefined || distance < best.distance) best = { candidate, distance };
  }
  const allowed = Math.max(1, Math.floor(wanted.length / 3));
  return best !== undefined && best.distance <= allowed ? best.candidate : undefined;
}

/** A key without what two spellings of it may differ in: case and underscores. */
export function fold(key: string): string {
  return key.replaceAll('_', '').toLowerCase();
}

/** Insertions, deletions, replacements and swaps of neighbours between two words. */
export function editDistance(from: string, to: string): number {
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = nextRow(from, to, row, last, beforeLast);
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}

function nextRow(
  from: string,
  to: string,
  row: number,
  last: readonly number[],
  beforeLast: readonly number[],
): readonly number[] {
  const current = [row];
  for (let column = 1; column <= to.length; column++) {
    const same = from[row - 1] === to[column - 1];
    const swapped = from[row - 1] === to[column - 2] && from[row - 2] === to[column - 1];
    const removed = (last[column] ?? 0) + 1;
    const added = (current[column - 1] ?? 0) + 1;
    const replaced = (last[column - 1] ?? 0) + (same ? 0 : 1);
    const exchanged = swapped ? (beforeLast[column - 2] ?? replaced) + 1 : replaced;
    current.push(Math.min(removed, added, replaced, exchanged));
  }
  return current;
}
