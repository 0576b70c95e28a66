import { existsSync, readFileSync } from 'node:fs';

/** @typedef {{ passed: number, failed: number, skipped: number }} Tally */

/**
 * What one check adds to the closing line. A check that failed always adds a failure: a crash, a
 * type error or an unhandled rejection leaves no failed test behind, yet is no pass.
 *
 * @param {{ isOk: boolean, report?: string | undefined }} outcome `report` is vitest's JSON report
 * @returns {Tally}
 */
export function tallyOf({ isOk, report }) {
    const tally = report === undefined ? undefined : readReport(report);
    if (tally === undefined) {
        // A test run without a report is broken, whatever its exit code.
        const isPass = isOk && report === undefined;
        return { passed: isPass ? 1 : 0, failed: isPass ? 0 : 1, skipped: 0 };
    }
    return !isOk && tally.failed === 0 ? { ...tally, failed: 1 } : tally;
}

/**
 * @param {readonly Tally[]} tallies
 * @returns {Tally}
 */
export function sumTallies(tallies) {
    const sum = { passed: 0, failed: 0, skipped: 0 };
    for (const tally of tallies) {
        sum.passed += tally.passed;
        sum.failed += tally.failed;
        sum.skipped += tally.skipped;
    }
    return sum;
}

/**
 * The closing line that CI reads.
 *
 * @param {Tally} tally
 */
export function closingLine({ passed, failed, skipped }) {
    const rest = skipped === 0 ? '' : `, ${skipped} skipped`;
    return `${passed} passed, ${failed} failed${rest}`;
}

/**
 * @param {string} file
 * @returns {Tally | undefined}
 */
function readReport(file) {
    if (!existsSync(file)) return undefined;
    const report = JSON.parse(readFileSync(file, 'utf8'));
    // A file that does not load is a failed suite without tests.
    const broken = report.testResults.filter(
        (/** @type {{ status: string, assertionResults: { status: string }[] }} */ suite) =>
            suite.status === 'failed' &&
            suite.assertionResults.every(({ status }) => status !== 'failed'),
    ).length;
    return {
        passed: report.numPassedTests,
        failed: report.numFailedTests + broken,
        skipped: report.numPendingTests + report.numTodoTests,
    };
}
