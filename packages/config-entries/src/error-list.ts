/** Several mistakes as Consul lists them in one text. */
export function errorList(problems: readonly string[]): string {
  const title = problems.length === 1 ? '1 error' : `${problems.length} errors`;
  return `${title} occurred:\n${problems.map((problem) => `\t* ${problem}\n`).join('')}\n`;
}
