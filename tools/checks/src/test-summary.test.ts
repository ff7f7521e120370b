import { expect, test } from 'vitest';
import { summaryLine } from './test-summary.ts';

test('the closing line counts passed, failed and skipped tests', () => {
  const report = { numPassedTests: 7, numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 };
  expect(summaryLine({ ...report, success: false })).toBe('7 passed, 1 failed, 3 skipped');
});
