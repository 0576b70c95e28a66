import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { execa } from 'execa';
import type { Bench, BenchCase, Result } from '../bench-case.ts';
import { spendPages } from '../data-set.ts';
import { load, race } from '../measure/race.ts';
import { formatNumber } from '../measure/table.ts';
import { nodeWorker } from '../measure/worker.ts';
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
            'Ours skips the pauses of its limiter: they are what the platform asks for.',
            'dlt asks the same server and yields a dictionary for each row, writes Parquet and loads that into DuckDB; it keeps no pages.',
        ],
    }),
};

async function againstCopy(bench: Bench): Promise<Result[]> {
    const { file, folder, accounts } = await spendPages(rows);
    return served(folder, async (address) =>
        race(bench, `${formatNumber(rows)} rows`, largestRatio, [
            load('jointly', [...nodeWorker('api'), accounts.join()], address, rows),
            load('DuckDB COPY', nodeWorker('copy'), file, rows),
        ]),
    );
}

async function againstDlt(bench: Bench): Promise<Result[]> {
    const { folder, accounts } = await spendPages(dltRows);
    const dlt = [...(await dltWorker('api', bench.say)), accounts.join()];
    return served(folder, async (address) =>
        race(bench, `${formatNumber(dltRows)} rows`, dltRatio, [
            load('jointly', [...nodeWorker('api'), accounts.join()], address, dltRows),
            load('dlt, api', dlt, address, dltRows),
        ]),
    );
}

async function served<Outcome>(folder: string, work: (address: string) => Promise<Outcome>) {
    const [program = '', ...args] = nodeWorker('pages');
    const server = execa(program, [...args, folder], { reject: false, stdin: 'ignore' });
    try {
        const [address] = await once(createInterface(server.stdout), 'line');
        return await work(String(address));
    } finally {
        server.kill();
        await server;
    }
}
