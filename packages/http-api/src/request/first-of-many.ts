/** At most so many texts, and after them how many more there are. */
export function firstOfMany(texts: readonly string[], most: number): readonly string[] {
  const more = texts.length - most;
  return more > 0 ? [...texts.slice(0, most), `and ${more} more`] : texts;
}
