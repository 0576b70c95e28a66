import type { Bench, BenchCase, Result } from '../bench-case.ts';
import { adSpendFile, type FileFormat } from '../data-set.ts';
import { type Contestant, interleave } from '../measure/interleave.ts';
import { spreadOf } from '../measure/spread.ts';
import { formatNumber } from '../measure/table.ts';
import { nodeWorker, runLoad } from '../measure/worker.ts';
import type { LoadReport } from '../workers/report.ts';

const tiny = 300_000;
const small = 1_000_000;
const large = 10_000_000;
const largestRatio = 1.2;
const largestMegabytes = 600;

/** P3: memory must follow the limit, not the file. */
export const loadMemory: BenchCase = {
    id: 'P3',
    title: 'peak memory of loading ten times the rows',
    measure: async (bench) => {
        const results: Result[] = [];
        for (const format of ['csv', 'ndjson', 'parquet'] as const) {
            results.push(...(await tenTimes(bench, format)));
        }
        return {
            results,
            notes: [
                'Peak resident memory of the whole loading process, Node included, as the system counts it.',
                'The goal in MB is judged on the worst run, the ratio on medians; "ours/this" is the largest load over this one.',
                'The ratio is judged from the size of P1 to ten times that. A smaller file stays below the limit the loader sets itself, so memory still grows from there: the rows without a goal say how much.',
            ],
        };
    },
};

async function tenTimes(bench: Bench, format: FileFormat): Promise<Result[]> {
    const contestants: Contestant<LoadReport>[] = [];
    for (const rows of [tiny, small, large]) {
        const file = await adSpendFile(rows, format);
        contestants.push({
            name: `${format} ${formatNumber(rows)} rows`,
            run: () => runLoad(nodeWorker('ours'), file, rows),
        });
    }
    const measured = await interleave(
        bench,
        contestants,
        ({ peakBytes, seconds }) =>
            `${formatNumber(megabytes(peakBytes))} MB, ${seconds.toFixed(2)} s`,
    );
    const spreads = measured.map((runs) =>
        spreadOf(runs.map(({ peakBytes }) => megabytes(peakBytes))),
    );
    return spreads.map((spread, index): Result => {
        const row = {
            what: contestants[index]?.name ?? '',
            who: 'jointly',
            unit: 'MB',
            measured: spread,
        };
        const largest = spreads.at(-1) ?? spread;
        const ratio = largest.median / spread.median;
        if (index === 0) return { ...row, ratio };
        return index === 1
            ? { ...row, ratio, goal: `<= ${largestRatio}`, isMet: ratio <= largestRatio }
            : { ...row, goal: `< ${largestMegabytes}`, isMet: spread.max < largestMegabytes };
    });
}

function megabytes(bytes: number): number {
    return bytes / 1e6;
}
