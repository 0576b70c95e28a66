import type { Bench, BenchCase, Result } from '../bench-case.ts';
import { adSpendFile, exportedSpendFile, type FileFormat, footedSpendFile } from '../data-set.ts';
import { load, race } from '../measure/race.ts';
import { formatNumber } from '../measure/table.ts';
import { nodeWorker } from '../measure/worker.ts';
import { type DltReader, dltWorker } from '../rivals/dlt.ts';

const rows = 1_000_000;
/** A row at a time takes dlt minutes for the whole file. */
const dltRows = 100_000;
const brokenEvery = 1000;
const goal = 1.5;

/** P1: our loader against the engine's own COPY of the same file, and against dlt. */
export const loadSpeed: BenchCase = {
    id: 'P1',
    title: 'load typed rows of ten columns with contract checks, rejects and load record',
    measure: async (bench) => {
        const results: Result[] = [];
        for (const format of ['csv', 'ndjson', 'parquet'] as const) {
            results.push(...(await againstCopy(bench, format)));
        }
        results.push(...(await againstCopy(bench, 'csv', brokenEvery)));
        results.push(...(await leavingOut(bench)), ...(await withFooter(bench)));
        results.push(...(await summing(bench)));
        results.push(...(await againstDlt(bench, 'arrow', rows)));
        results.push(...(await againstDlt(bench, 'rows', dltRows)));
        return {
            results,
            notes: [
                'Timed in a process of its own from opening a fresh database file to closing it; starting the process and importing code are not in it.',
                'Ours has in it: SHA-256 of the file, contract checks, unknown columns, duplicate keys, load record.',
                'A first load on both sides: where rows are there already, ours compares them before it writes.',
                'Our table says which text repeats, so it is kept in dictionaries; the table of COPY leaves that to the engine.',
                'COPY is read_json and read_parquet into the same table where the file is not CSV, with the default memory limit; ours keeps a small one.',
                'COPY of the file with broken rows skips them (ignore_errors, store_rejects); ours also says file, row, column, expected and got of each.',
                'Processor time is that of all cores, which a busy machine adds less to.',
                'Left out and summed rows: COPY skips the totals as broken, and loads the parts as they are, without a sum.',
                'dlt writes Parquet and loads that into DuckDB. "rows" yields csv.DictReader rows with column hints, "arrow" yields typed Arrow batches.',
            ],
        };
    },
};

async function againstCopy(bench: Bench, format: FileFormat, broken = 0): Promise<Result[]> {
    const file = await adSpendFile(rows, format, broken);
    const wanted = broken === 0 ? rows : rows - rows / broken;
    const what = `${format} ${formatNumber(rows)} rows${broken ? `, 1 in ${formatNumber(broken)} broken` : ''}`;
    const flags = broken === 0 ? [] : ['--skip-broken'];
    // Plain COPY refuses a broken file; told to skip rows, it does less than ours.
    return race(bench, what, broken === 0 ? goal : undefined, [
        load('jointly', nodeWorker('ours'), file, wanted),
        load('DuckDB COPY', [...nodeWorker('copy'), ...flags], file, wanted),
    ]);
}

/** One row in a thousand is a total, which skip_rows names. */
async function leavingOut(bench: Bench): Promise<Result[]> {
    const file = await exportedSpendFile(rows, 'totals');
    const settings = { skip_rows: [{ column: 'spend_date', pattern: '^Total' }] };
    const wanted = rows - rows / 1000;
    return race(bench, `csv ${formatNumber(rows)} rows, 1 in 1,000 left out`, goal, [
        load('jointly', [...nodeWorker('ours'), JSON.stringify(settings)], file, wanted),
        load('DuckDB COPY', [...nodeWorker('copy'), '--skip-broken'], file, wanted),
    ]);
}

/** Two lines below the rows, which COPY skips as broken. */
async function withFooter(bench: Bench): Promise<Result[]> {
    const file = await footedSpendFile(rows);
    const settings = JSON.stringify({ format: { type: 'csv', footer: '^Total' } });
    return race(bench, `csv ${formatNumber(rows)} rows and a footer`, goal, [
        load('jointly', [...nodeWorker('ours'), settings], file, rows),
        load('DuckDB COPY', [...nodeWorker('copy'), '--skip-broken'], file, rows),
    ]);
}

/** Every row stands in two parts, which COPY loads as they are. */
async function summing(bench: Bench): Promise<Result[]> {
    const file = await exportedSpendFile(rows / 2, 'parts');
    const settings = JSON.stringify({ sum_to_key: true });
    return race(bench, `csv ${formatNumber(rows)} rows, two to a key`, goal, [
        load('jointly', [...nodeWorker('ours'), settings], file, rows / 2),
        load('DuckDB COPY', [...nodeWorker('copy'), '--with-ad'], file, rows),
    ]);
}

async function againstDlt(bench: Bench, reader: DltReader, count: number): Promise<Result[]> {
    const file = await adSpendFile(count, 'csv');
    return race(bench, `csv ${formatNumber(count)} rows`, undefined, [
        load('jointly', nodeWorker('ours'), file, count),
        load(`dlt, ${reader}`, await dltWorker(reader, bench.say), file, count),
    ]);
}
