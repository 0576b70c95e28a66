import type { Bench, Result } from '../bench-case.ts';
import type { LoadReport } from '../workers/report.ts';
import { type Contestant, interleave } from './interleave.ts';
import { spreadOf } from './spread.ts';
import { formatNumber } from './table.ts';

const largestRatio = 1.2;
const largestMegabytes = 600;

/**
 * Peak memory of one load at growing sizes.
 * @param contestants the last loads ten times the rows of the one before it, of which its memory is judged; smaller
 *   ones say how memory grows up to there
 */
export async function tenTimes(
    bench: Bench,
    contestants: readonly Contestant<LoadReport>[],
): Promise<Result[]> {
    const measured = await interleave(
        bench,
        contestants,
        ({ peakBytes, seconds }) => `${formatNumber(peakBytes / 1e6)} MB, ${seconds.toFixed(2)} s`,
    );
    const spreads = measured.map((runs) => spreadOf(runs.map(({ peakBytes }) => peakBytes / 1e6)));
    return spreads.map((spread, index): Result => {
        const row = {
            what: contestants[index]?.name ?? '',
            who: 'jointly',
            unit: 'MB',
            measured: spread,
        };
        const largest = spreads.at(-1) ?? spread;
        if (spread === largest) {
            const isMet = spread.max < largestMegabytes;
            return { ...row, goal: `< ${largestMegabytes}`, isMet };
        }
        const ratio = largest.median / spread.median;
        if (spread !== spreads.at(-2)) return { ...row, ratio };
        return { ...row, ratio, goal: `<= ${largestRatio}`, isMet: ratio <= largestRatio };
    });
}
