/** Whether something has every `?tag=`; case does not count. */
export function hasTags(tags: readonly string[], query: URLSearchParams): boolean {
  const wanted = query.getAll('tag').filter((tag) => tag !== '');
  if (wanted.length === 0) return true;
  const known = new Set(tags.map((tag) => tag.toLowerCase()));
  return wanted.every((tag) => known.has(tag.toLowerCase()));
}

/** Whether a node has every `key:value` of some. */
export function hasNodeMeta(
  meta: Readonly<Record<string, string>>,
  pairs: readonly string[],
): boolean {
  return pairs.every((pair) => {
    const colon = pair.indexOf(':');
    if (colon < 0) return meta[pair] === '';
    return meta[pair.slice(0, colon)] === pair.slice(colon + 1);
  });
}
