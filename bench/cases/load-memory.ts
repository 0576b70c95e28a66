import type { Bench, BenchCase, Result } from '../bench-case.ts';
import { adSpendFile, type FileFormat } from '../data-set.ts';
import { interleave } from '../measure/interleave.ts';
import { spreadOf } from '../measure/spread.ts';
import { formatNumber } from '../measure/table.ts';
import { nodeWorker, runLoad } from '../measure/worker.ts';

const small = 300_000;
const large = 3_000_000;
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
                'The goal in MB is judged on the worst run, the ratio on medians; "ours/this" is the larger load over the smaller one.',
            ],
        };
    },
};

async function tenTimes(bench: Bench, format: FileFormat): Promise<Result[]> {
    const sizes = [small, large];
    const contestants = [];
    for (const rows of sizes) {
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
    const [one, ten] = measured.map((runs) =>
        spreadOf(runs.map(({ peakBytes }) => megabytes(peakBytes))),
    );
    if (!one || !ten) throw new Error('a load measured nothing');
    const ratio = ten.median / one.median;
    const [smallName, largeName] = sizes.map((rows) => `${format} ${formatNumber(rows)} rows`);
    return [
        {
            what: largeName ?? '',
            who: 'jointly',
            unit: 'MB',
            measured: ten,
            goal: `< ${largestMegabytes}`,
            isMet: ten.max < largestMegabytes,
        },
        {
            what: smallName ?? '',
            who: 'jointly',
            unit: 'MB',
            measured: one,
            ratio,
            goal: `<= ${largestRatio}`,
            isMet: ratio <= largestRatio,
        },
    ];
}

function megabytes(bytes: number): number {
    return bytes / 1e6;
}
