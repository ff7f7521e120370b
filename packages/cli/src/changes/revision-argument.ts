/** A revision as it is written on a command line; none for what is no revision. */
export function revisionOf(text: string): bigint | undefined {
  return /^[1-9]\d{0,14}$/.test(text) ? BigInt(text) : undefined;
}

/** What is wrong with a text that should be a revision. */
export function noRevision(text: string): string {
  return `"${text}" is no revision: chancery history lists them`;
}
