/** Whether a source serves tests alone: a test, what tests of the package share, or a suite for others to run. */
export function isTestFile(path: string): boolean {
  return /\.test\.ts$|-suite\.ts$|(^|\/)testing\//.test(path);
}
