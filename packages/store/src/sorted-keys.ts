/**
 * An immutable ordered set of strings, as a list of sorted chunks: a change copies one chunk and the
 * list of chunks, so that it stays cheap with tens of thousands of keys.
 */
export type SortedKeys = readonly (readonly string[])[];

const chunkLimit = 128;

export const noKeys: SortedKeys = [];

/** The chunk in which a key is or would be. */
function chunkOf(keys: SortedKeys, key: string): number {
  let low = 0;
  let high = keys.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >>> 1;
    const first = keys[middle]?.[0];
    if (first !== undefined && first <= key) low = middle;
    else high = middle - 1;
  }
  return low;
}

/** The place of a key in a chunk, or where it would be. */
function placeOf(chunk: readonly string[], key: string): number {
  let low = 0;
  let high = chunk.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const there = chunk[middle];
    if (there !== undefined && there < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

/** The set with a key; the same set when it has the key. */
export function withKey(keys: SortedKeys, key: string): SortedKeys {
  const index = chunkOf(keys, key);
  const chunk = keys[index];
  if (chunk === undefined) return [[key]];
  const place = placeOf(chunk, key);
  if (chunk[place] === key) return keys;
  const grown = chunk.toSpliced(place, 0, key);
  if (grown.length <= chunkLimit) return keys.with(index, grown);
  const half = grown.length >>> 1;
  return keys.toSpliced(index, 1, grown.slice(0, half), grown.slice(half));
}

/** The set without a key; the same set when it lacks the key. */
export function withoutKey(keys: SortedKeys, key: string): SortedKeys {
  const index = chunkOf(keys, key);
  const chunk = keys[index];
  if (chunk === undefined) return keys;
  const place = placeOf(chunk, key);
  if (chunk[place] !== key) return keys;
  if (chunk.length === 1) return keys.toSpliced(index, 1);
  return keys.with(index, chunk.toSpliced(place, 1));
}
