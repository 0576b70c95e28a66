import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { DuckDBInstance } from '@duckdb/node-api';
import { execa } from 'execa';
import { startPostgres } from '../../test/sources/postgres/server.ts';
import type { Bench, BenchCase, Result } from '../bench-case.ts';
import { dataDirectory, spendPages } from '../data-set.ts';
import {
    type ConnectionSource,
    paymentsConnection,
    spendConnection,
} from '../measure/connection.ts';
import { spreadOf } from '../measure/spread.ts';
import { formatNumber } from '../measure/table.ts';
import { nodeWorker, served } from '../measure/worker.ts';

const rows = 1_000_000;
/** When a run is killed, as shares of the time that an undisturbed one takes. */
const moments = [0.25, 0.5, 0.75, 0.95];

/** Loads that are killed, time and again, and gone on with. */
export const killedLoads: BenchCase = {
    id: 'R1',
    title: 'a million rows over a connection, killed again and again, against a run that nobody disturbs',
    measure: async (bench) => ({
        results: [...(await overApi(bench)), ...(await overPostgres(bench))],
        notes: [
            'Every kill is SIGKILL; the next run goes on with what has landed. What differs is counted both ways, in rows of the stream, days that they speak for and cursors.',
            'Questions of the killed loads have in them the pages that were asked for and had not landed.',
        ],
    }),
};

async function overApi(bench: Bench): Promise<Result[]> {
    const { folder, accounts } = await spendPages(rows);
    return served('pages', [folder], async (address) => {
        const asked = async () => Number(await (await fetch(`${address}/asked`)).text());
        const source = spendConnection(address, accounts);
        return inFolders(async (calm, killed) => {
            const seconds = await load(source, calm);
            const once = await asked();
            const kills = await loadKilled(bench, source, killed, seconds);
            const more = (await asked()) - once;
            const what = `Google Ads ${formatNumber(rows)} rows, ${kills} kills`;
            return [
                await difference(what, 'ad_spend', calm, killed),
                result(what, 'undisturbed', 'questions', once),
                result(what, 'killed', 'questions', more),
            ];
        });
    });
}

async function overPostgres(bench: Bench): Promise<Result[]> {
    const server = await startPostgres();
    try {
        await server.run(`
            create role reader login password 'secret';
            create table payments (
                id bigint primary key, deal text, paid timestamptz not null, kind text not null,
                amount numeric(18, 2) not null, currency char(3) not null, changed timestamptz not null);
            insert into payments
            select
                i, 'D-' || i % 1000, timestamptz '2024-01-01' + i * interval '1 minute', 'payment',
                i / 100.0, 'EUR', timestamptz '2024-01-01' + i * interval '1 minute'
            from generate_series(1, ${rows}) as i;
            create index on payments (changed, id);
            grant select on payments to reader`);
        const source = paymentsConnection(server.port);
        return await inFolders(async (calm, killed) => {
            const all = await load(source, calm);
            const kills = await loadKilled(bench, source, killed, all);
            const first = await difference(
                `Postgres ${formatNumber(rows)} rows, ${kills} kills`,
                'payments',
                calm,
                killed,
            );
            await server.run(`
                update payments set amount = amount + 1, changed = timestamptz '2026-06-01' + id * interval '1 second'
                where id % 10 = 0;
                insert into payments
                select i, 'D-1', timestamptz '2026-06-02', 'payment', 1, 'EUR', timestamptz '2026-06-02'
                from generate_series(${rows + 1}, ${rows + 1000}) as i`);
            const changes = await load(source, calm);
            const more = await loadKilled(bench, source, killed, changes);
            const what = `Postgres, 101,000 rows that changed, ${more} kills`;
            return [first, await difference(what, 'payments', calm, killed)];
        });
    } finally {
        await server.close();
    }
}

async function inFolders(
    work: (calm: string, killed: string) => Promise<Result[]>,
): Promise<Result[]> {
    const folder = mkdtempSync(join(dataDirectory, 'kill-'));
    const path = (name: string) => join(mkdtempSync(join(folder, name)), 'bench.duckdb');
    try {
        return await work(path('calm-'), path('killed-'));
    } finally {
        rmSync(folder, { recursive: true, force: true });
    }
}

function start(source: ConnectionSource, warehouse: string) {
    const [program = '', ...args] = nodeWorker('connection');
    return execa(program, [...args, JSON.stringify(source), warehouse], { reject: false });
}

/** @returns the seconds it took */
async function load(source: ConnectionSource, warehouse: string): Promise<number> {
    const begin = performance.now();
    const { exitCode, stderr } = await start(source, warehouse);
    if (exitCode !== 0) throw new Error(stderr);
    return (performance.now() - begin) / 1000;
}

/** @returns how often it was killed */
async function loadKilled(
    { say }: Bench,
    source: ConnectionSource,
    warehouse: string,
    seconds: number,
): Promise<number> {
    let kills = 0;
    for (const moment of moments) {
        const running = start(source, warehouse);
        const ended = await Promise.race([running, wait(moment * seconds * 1000)]);
        if (ended) {
            if (ended.exitCode !== 0) throw new Error(ended.stderr);
            // Another run would load the days that are restated once more.
            return kills;
        }
        running.kill('SIGKILL');
        await running;
        kills += 1;
        say(`  killed after ${formatNumber(moment * seconds)} of ${formatNumber(seconds)} s`);
    }
    await load(source, warehouse);
    return kills;
}

async function difference(
    what: string,
    stream: string,
    calm: string,
    killed: string,
): Promise<Result> {
    const instance = await DuckDBInstance.create(':memory:');
    const connection = await instance.connect();
    await connection.run(
        `attach '${calm}' as calm (read_only); attach '${killed}' as killed (read_only)`,
    );
    const sides = [
        `select * exclude (_file_id) from %.raw_files.${stream}`,
        // A run that was killed asks once more for the last minutes that it has: another reading of the same days.
        `select distinct stream, input, account,
            unnest(generate_series(date_trunc('day', first_at), last_at, interval 1 day)) as day
            from %.jointly.file_windows`,
        'select connection, feed, cursor from %.jointly.cursors',
    ];
    let different = 0;
    for (const side of sides) {
        const [one, other] = ['calm', 'killed'].map((name) => side.replace('%', name));
        const counted = await connection.runAndReadAll(`
            select count(*) from (
                ((${one}) except all (${other})) union all ((${other}) except all (${one})))`);
        different += Number(counted.getRows()[0]?.[0]);
    }
    const counted = await connection.runAndReadAll(
        `select count(*) from killed.raw_files.${stream}`,
    );
    const found = Number(counted.getRows()[0]?.[0]);
    if (found < rows) throw new Error(`${found} rows were loaded, not ${rows}`);
    connection.closeSync();
    instance.closeSync();
    const goal = { goal: '0', isMet: different === 0 };
    return {
        ...result(what, 'killed against undisturbed', 'rows that differ', different),
        ...goal,
    };
}

function result(what: string, who: string, unit: string, value: number): Result {
    return { what, who, unit, measured: spreadOf([value]) };
}
