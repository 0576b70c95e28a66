import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { closingLine, sumTallies, tallyOf } from '../../.ci/tally.mjs';
import { temporaryFolder } from './temporary-folder.ts';

function report(counts: object, testResults: object[] = []): string {
    const file = join(temporaryFolder(), 'unit.json');
    const none = { numPassedTests: 0, numFailedTests: 0, numPendingTests: 0, numTodoTests: 0 };
    writeFileSync(file, JSON.stringify({ ...none, ...counts, testResults }));
    return file;
}

describe('the closing line of the tests', () => {
    it('sums all checks', () => {
        const tests = tallyOf({
            isOk: false,
            report: report({ numPassedTests: 7, numFailedTests: 2 }),
        });
        const types = tallyOf({ isOk: true });
        expect(closingLine(sumTallies([tests, types]))).toBe('8 passed, 2 failed');
    });

    it('names skipped tests only when there are some', () => {
        const tests = tallyOf({
            isOk: true,
            report: report({ numPassedTests: 1, numPendingTests: 3 }),
        });
        expect(closingLine(tests)).toBe('1 passed, 0 failed, 3 skipped');
    });

    it('never says 0 failed of a run that failed', () => {
        const unhandled = tallyOf({ isOk: false, report: report({ numPassedTests: 7 }) });
        const lint = tallyOf({ isOk: false });
        const crashed = tallyOf({ isOk: true, report: '/no/such/report.json' });
        expect([unhandled, lint, crashed].map((tally) => tally.failed)).toEqual([1, 1, 1]);
    });

    it('counts a test file that does not load', () => {
        const broken = { status: 'failed', assertionResults: [] };
        expect(tallyOf({ isOk: false, report: report({}, [broken, broken]) }).failed).toBe(2);
    });
});
