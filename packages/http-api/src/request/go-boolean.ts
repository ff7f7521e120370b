const words = new Map([
  ...['1', 't', 'T', 'true', 'TRUE', 'True'].map((word) => [word, true] as const),
  ...['0', 'f', 'F', 'false', 'FALSE', 'False'].map((word) => [word, false] as const),
]);

/** One of the words that Go takes for true or false; undefined for any other. */
export function goBoolean(text: string): boolean | undefined {
  return words.get(text);
}
