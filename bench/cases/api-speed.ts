import type { Bench, BenchCase, Result } from '../bench-case.ts';
import { spendPages } from '../data-set.ts';
import { type PageSource, spendConnection } from '../measure/connection.ts';
import { load, race } from '../measure/race.ts';
import { formatNumber } from '../measure/table.ts';
import { nodeWorker, served } from '../measure/worker.ts';
import { dltWorker } from '../rivals/dlt.ts';

const rows = 1_000_000;
const dltRows = 100_000;
const largestRatio = 3;
const dltRatio = 0.1;

/** P2: rows that come over an API, against the engine's COPY of the same rows and against dlt. */
export const apiSpeed: BenchCase = {
    id: 'P2',
    title: 'load rows that come over an API, each checked, as Google Ads answers them',
    measure: async (bench) => ({
        results: [...(await againstCopy(bench)), ...(await againstDlt(bench))],
        notes: [
            'Timed in a process of its own from opening a fresh database file to closing it; the server of the pages is another process, which sends files that are written already.',
            'Ours has in it: HTTP, JSON, zod, the landed pages (gzip, fsync), everything that a load of files has. COPY reads a CSV of the same rows from the disk.',
            'Parsed and checked alone: what receiving the pages, JSON.parse and zod take by themselves; nothing is landed or loaded.',
            'Ours skips the pauses of its limiter: they are what the platform asks for.',
            'dlt asks the same server and yields a dictionary for each row, writes Parquet and loads that into DuckDB; it keeps no pages.',
        ],
    }),
};

async function againstCopy(bench: Bench): Promise<Result[]> {
    const { file, folder, accounts } = await spendPages(rows);
    const copy = load('DuckDB COPY', nodeWorker('copy'), file, rows);
    return served('pages', [folder], async (address) => {
        // The rows are of a thousand days.
        const pages: PageSource = { address, accounts, firstYear: 2023, lastYear: 2025 };
        const parsed = load('JSON and zod', nodeWorker('parsed'), JSON.stringify(pages), rows);
        return [
            ...(await race(bench, `${formatNumber(rows)} rows`, largestRatio, [
                ours(address, accounts, rows),
                copy,
            ])),
            ...(await race(
                bench,
                `${formatNumber(rows)} rows, parsed and checked alone`,
                undefined,
                [parsed, copy],
            )),
        ];
    });
}

async function againstDlt(bench: Bench): Promise<Result[]> {
    const { folder, accounts } = await spendPages(dltRows);
    const dlt = [...(await dltWorker('api', bench.say)), accounts.join()];
    return served('pages', [folder], async (address) =>
        race(bench, `${formatNumber(dltRows)} rows`, dltRatio, [
            ours(address, accounts, dltRows),
            load('dlt, api', dlt, address, dltRows),
        ]),
    );
}

function ours(address: string, accounts: readonly string[], wanted: number) {
    const source = JSON.stringify(spendConnection(address, accounts));
    return load('jointly', nodeWorker('connection'), source, wanted);
}
