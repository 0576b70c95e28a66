import type { BenchCase } from '../bench-case.ts';
import { adSpendFile } from '../data-set.ts';
import { interleave } from '../measure/interleave.ts';
import { spreadOf } from '../measure/spread.ts';
import { formatNumber } from '../measure/table.ts';
import { nodeWorker, runLoad } from '../measure/worker.ts';
import { adSpendSheet } from '../sheet-data-set.ts';

const small = 50_000;
const large = 200_000;
const rowsPerSecond = 50_000;

/** P11: a sheet goes by way of CSV, and must not take long or much for it. */
export const sheetSpeed: BenchCase = {
    id: 'P11',
    title: 'load XLSX of ten columns',
    measure: async (bench) => {
        const files = [
            {
                name: `xlsx ${formatNumber(large)} rows`,
                file: await adSpendSheet(large),
                rows: large,
            },
            {
                name: `xlsx ${formatNumber(small)} rows`,
                file: await adSpendSheet(small),
                rows: small,
            },
            {
                name: `csv ${formatNumber(large)} rows`,
                file: await adSpendFile(large, 'csv'),
                rows: large,
            },
        ];
        const measured = await interleave(
            bench,
            files.map(({ name, file, rows }) => ({
                name,
                run: () => runLoad(nodeWorker('ours'), file, rows),
            })),
            ({ seconds, peakBytes }) =>
                `${seconds.toFixed(2)} s, ${(peakBytes / 1e6).toFixed(0)} MB`,
        );
        const seconds = measured.map((runs) => spreadOf(runs.map((one) => one.seconds)));
        const memory = measured.map((runs) => spreadOf(runs.map((one) => one.peakBytes / 1e6)));
        const goal = large / rowsPerSecond;
        return {
            results: files.flatMap(({ name }, index) => {
                const [time, peak] = [seconds[index], memory[index]];
                if (!time || !peak) throw new Error('a contestant measured nothing');
                const judged =
                    index === 0 ? { goal: `<= ${goal}`, isMet: time.median <= goal } : {};
                return [
                    { what: name, who: 'jointly', unit: 's', measured: time, ...judged },
                    { what: name, who: 'jointly', unit: 'MB', measured: peak },
                ];
            }),
            notes: [
                'The whole load, from the workbook to the committed rows.',
                'Every text of the workbook stands in its cell, which is more to read than shared texts.',
            ],
        };
    },
};
