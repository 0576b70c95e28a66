import type { BenchCase, Result } from '../bench-case.ts';
import { adSpendFile, type FileFormat, spendPages } from '../data-set.ts';
import { spendConnection } from '../measure/connection.ts';
import type { Contestant } from '../measure/interleave.ts';
import { load } from '../measure/race.ts';
import { formatNumber } from '../measure/table.ts';
import { tenTimes } from '../measure/ten-times.ts';
import { nodeWorker, runLoad, served } from '../measure/worker.ts';
import type { LoadReport } from '../workers/report.ts';

const tiny = 300_000;
const small = 1_000_000;
const large = 10_000_000;

/** P3: memory must follow the limit, not the file. */
export const loadMemory: BenchCase = {
    id: 'P3',
    title: 'peak memory of loading ten times the rows',
    measure: async (bench) => {
        const results: Result[] = [];
        for (const format of ['csv', 'ndjson', 'parquet'] as const) {
            const files = [tiny, small, large].map((rows) => ofFile(rows, format));
            results.push(...(await tenTimes(bench, await Promise.all(files))));
        }
        const pages = [small, large].map(ofPages);
        results.push(...(await tenTimes(bench, await Promise.all(pages))));
        return {
            results,
            notes: [
                'Peak resident memory of the whole loading process, Node included, as the system counts it.',
                'The goal in MB is judged on the worst run, the ratio on medians; "ours/this" is the largest load over this one.',
                'The ratio is judged from the size of P1 to ten times that. A smaller file stays below the limit the loader sets itself, so memory still grows from there: the rows without a goal say how much.',
                'API: as P2 loads it. A page is a month of an account, so ten times the rows come in pages ten times as large.',
            ],
        };
    },
};

async function ofFile(rows: number, format: FileFormat): Promise<Contestant<LoadReport>> {
    const file = await adSpendFile(rows, format);
    return load(`${format} ${formatNumber(rows)} rows`, nodeWorker('ours'), file, rows);
}

async function ofPages(rows: number): Promise<Contestant<LoadReport>> {
    const { folder, accounts } = await spendPages(rows);
    const source = (address: string) => JSON.stringify(spendConnection(address, accounts));
    return {
        name: `API ${formatNumber(rows)} rows`,
        run: () =>
            served('pages', [folder], (address) =>
                runLoad(nodeWorker('connection'), source(address), rows),
            ),
    };
}
