import { readFileSync } from 'node:fs';
import { summaryLine, type TestReport } from './test-summary.ts';

const path = new URL('../../../.vitest/report.json', import.meta.url).pathname;
const report = JSON.parse(readFileSync(path, 'utf8')) as TestReport;
console.log(summaryLine(report));
process.exitCode = report.success && report.numPassedTests > 0 ? 0 : 1;
