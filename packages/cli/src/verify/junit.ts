import reports, { type Builder, type TestSuite } from 'junit-report-builder';
import { breachLines, type Verified } from './verified.ts';

/**
 * What was found as JUnit's XML, which CI systems show: a suite a file of rules, a case an assertion. Intentions
 * without effect are skipped cases, or failed ones where they count.
 */
export function junitReport({ found: { results, findings }, strict }: Verified): string {
  // The library's types tell of a default within its default, where there is none.
  const report = (reports as unknown as Builder).newBuilder();
  const files = Map.groupBy(results, ({ position }) => fileOf(position));
  for (const [file, found] of files) {
    const suite = report.testSuite().name(file);
    for (const result of found) addResult(suite, file, result);
  }
  if (findings.length === 0) return report.build();
  const suite = report.testSuite().name('intentions without effect');
  for (const finding of findings) addFinding(suite, finding, strict);
  return report.build();
}

function addResult(
  suite: TestSuite,
  file: string,
  result: Verified['found']['results'][number],
): void {
  const { position, name, claim, holds, why } = result;
  const test = suite
    .testCase()
    .className(file)
    .name(name || claim)
    .file(position);
  if (holds) return;
  const lines = [`${position}: ${claim}`, ...breachLines(result)];
  test.failure(why, 'broken').stacktrace(lines.join('\n'));
}

function addFinding(
  suite: TestSuite,
  { kind, intention, why }: Verified['found']['findings'][number],
  strict: boolean,
): void {
  const test = suite.testCase().className('intentions').name(`${intention} is ${kind}`);
  if (strict) test.failure(why, kind);
  else test.skipped().standardOutput(why);
}

/** `rules.hcl` of `rules.hcl:3:1`. */
function fileOf(position: string): string {
  return position.replace(/:\d+:\d+$/, '');
}
