/**
 * node scripts/count-tests.mjs report.json …
 *
 * Adds up vitest's JSON reports: names what failed and the files that took longest, and prints "N passed, N failed,
 * N skipped" as its last line. Fails when a test or a file failed, and when a report holds no passed test: a run that
 * saw nothing is not green.
 */
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const paths = process.argv.slice(2);
if (paths.length === 0) throw new Error('usage: count-tests.mjs <report.json> …');

const reports = paths.map((path) => JSON.parse(readFileSync(path, 'utf8')));
// A file that broke before its first test counts as one failure: it has no failed test of its own.
const brokenFiles = (report) =>
  report.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((t) => t.status === 'failed'),
  );
const sum = (of) => reports.reduce((total, report) => total + of(report), 0);

const passed = sum((report) => report.numPassedTests);
const failed = sum((report) => report.numFailedTests + brokenFiles(report).length);
const skipped = sum((report) => report.numPendingTests + report.numTodoTests);

const files = reports.flatMap((report) => report.testResults);
const seconds = (file) => (file.endTime - file.startTime) / 1000;
const slowest = files.toSorted((a, b) => seconds(b) - seconds(a)).slice(0, 12);
for (const file of slowest) console.log(`${seconds(file).toFixed(1).padStart(6)} s ${relative('.', file.name)}`);

for (const [place, report] of reports.entries()) {
  if (report.numPassedTests === 0) console.log(`${paths[place]}: no test passed`);
  for (const file of brokenFiles(report)) console.log(`FAILED ${relative('.', file.name)}: ${file.message}`);
}
for (const file of files)
  for (const test of file.assertionResults.filter((t) => t.status === 'failed'))
    console.log(
      `FAILED ${relative('.', file.name)} > ${test.fullName}\n${test.failureMessages.join('\n').slice(0, 2000)}`,
    );
console.log(`${passed} passed, ${failed} failed, ${skipped} skipped`);
process.exitCode = failed > 0 || reports.some((report) => report.numPassedTests === 0 || !report.success) ? 1 : 0;
