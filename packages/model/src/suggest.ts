/** The candidate a misspelt name most likely meant, or undefined when none is near. Case and underscores do not count. */
export function suggest(name: string, candidates: readonly string[]): string | undefined {
  const wanted = fold(name);
  if (wanted.length > 100) return undefined;
  let best: string | undefined;
  // Whoever asks may have thousands of candidates: those that are further off than this are not looked at to the end.
  let within = Math.max(1, Math.floor(wanted.length / 3));
  for (const candidate of candidates) {
    const distance = editDistance(wanted, fold(candidate), within);
    if (distance > within) continue;
    best = candidate;
    within = distance - 1;
    if (within < 0) break;
  }
  return best;
}

/** A key without what two spellings of it may differ in: case and underscores. */
export function fold(key: string): string {
  return key.replaceAll('_', '').toLowerCase();
}

/** Insertions, deletions, replacements and swaps of neighbours between two words; `Infinity` for more than so many. */
export function editDistance(
  from: string,
  to: string,
  atMost: number = Number.POSITIVE_INFINITY,
): number {
  if (Math.abs(from.length - to.length) > atMost) return Number.POSITIVE_INFINITY;
  let beforeLast: readonly number[] = [];
  let last: readonly number[] = Array.from({ length: to.length + 1 }, (_, index) => index);
  for (let row = 1; row <= from.length; row++) {
    const current = nextRow(from, to, row, last, beforeLast);
    // All that follows is made of these two rows, and no less than the least in them.
    if (isBeyond(current, atMost) && isBeyond(last, atMost)) return Number.POSITIVE_INFINITY;
    beforeLast = last;
    last = current;
  }
  return last[to.length] ?? 0;
}

function isBeyond(row: readonly number[], atMost: number): boolean {
  return row.every((distance) => distance > atMost);
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
