import type { BenchCase } from '../bench-case.ts';
import { adSpendFile } from '../data-set.ts';
import { interleave } from '../measure/interleave.ts';
import { spreadOf } from '../measure/spread.ts';
import { formatNumber } from '../measure/table.ts';
import { nodeWorker, runLoad } from '../measure/worker.ts';
import { adSpendSheet } from '../sheet-data-set.ts';
import { bankStatement, camtStatement } from '../statement-data-set.ts';

const small = 50_000;
const large = 200_000;
const rowsPerSecond = 50_000;
const entries = 200_000;
const entriesPerSecond = 20_000;

interface Measured {
    readonly name: string;
    readonly file: string;
    readonly rows: number;
    /** Of the input, beside those of the bench. */
    readonly settings?: object;
    /** Seconds it may take. */
    readonly goal?: number;
}

const ours = (settings: object | undefined) => [
    ...nodeWorker('ours'),
    ...(settings ? [JSON.stringify(settings)] : []),
];

/** P11: sheets and statements go by way of CSV, and must not take long or much for it. */
export const sheetSpeed: BenchCase = {
    id: 'P11',
    title: 'load XLSX of ten columns, MT940 and CAMT.053',
    measure: async (bench) => {
        const files: readonly Measured[] = [
            {
                name: `xlsx ${formatNumber(large)} rows`,
                file: await adSpendSheet(large),
                rows: large,
                goal: large / rowsPerSecond,
            },
            {
                name: `xlsx ${formatNumber(small)} rows`,
                file: await adSpendSheet(small),
                rows: small,
            },
            {
                name: `mt940 ${formatNumber(entries)} entries`,
                file: bankStatement(entries),
                rows: entries,
                settings: { stream: 'payments', layout: 'mt940' },
                goal: entries / entriesPerSecond,
            },
            {
                name: `camt.053 ${formatNumber(entries)} entries`,
                file: camtStatement(entries),
                rows: entries,
                settings: { stream: 'payments', layout: 'camt-053' },
                goal: entries / entriesPerSecond,
            },
            {
                name: `csv ${formatNumber(large)} rows`,
                file: await adSpendFile(large, 'csv'),
                rows: large,
            },
        ];
        const measured = await interleave(
            bench,
            files.map(({ name, file, rows, settings }) => ({
                name,
                run: () => runLoad(ours(settings), file, rows),
            })),
            ({ seconds, processorSeconds, peakBytes }) =>
                `${seconds.toFixed(2)} s, ${processorSeconds.toFixed(2)} s of processor, ` +
                `${(peakBytes / 1e6).toFixed(0)} MB`,
        );
        const seconds = measured.map((runs) => spreadOf(runs.map((one) => one.seconds)));
        const work = measured.map((runs) => spreadOf(runs.map((one) => one.processorSeconds)));
        const memory = measured.map((runs) => spreadOf(runs.map((one) => one.peakBytes / 1e6)));
        return {
            results: files.flatMap(({ name, goal }, index) => {
                const [time, used, peak] = [seconds[index], work[index], memory[index]];
                if (!time || !used || !peak) throw new Error('a contestant measured nothing');
                const judged =
                    goal === undefined ? {} : { goal: `<= ${goal}`, isMet: time.median <= goal };
                return [
                    { what: name, who: 'jointly', unit: 's', measured: time, ...judged },
                    { what: name, who: 'jointly', unit: 's of processor', measured: used },
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
