/** The longest expression that is read, in characters: one that does not fit into a URL is a mistake. */
export const maximumLength = 65_536;

/** How deep parentheses and `not` may nest. */
export const maximumDepth = 100;

/** The longest regular expression, in characters. */
export const maximumPatternLength = 1_000;

/**
 * How many instructions all regular expressions of one filter may compile to. Matching takes time in proportion to
 * instructions times characters at worst, so this bounds what `matches` can cost on any record.
 */
export const maximumInstructions = 500;

/** Names and values that are longer are cut in messages. */
export const longestShown = 200;
