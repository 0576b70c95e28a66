import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statePaths } from '../../../pipelines/config.ts';
import { withLock } from '../../../pipelines/run/lock.ts';
import {
    countsOf,
    createTestCompany,
    spend,
    spendHeader,
    spendInput,
    type TestCompany,
} from './company.ts';

const cli = fileURLToPath(new URL('../../../pipelines/cli.ts', import.meta.url));
const kills = 8;

let company: TestCompany;
beforeEach(() => {
    company = createTestCompany();
});
afterEach(() => company.close());

function startLoad(...more: string[]) {
    const options = ['--config', company.configPath, '--warehouse', company.warehousePath, ...more];
    const child = spawn(process.execPath, [cli, 'load', ...options], {
        stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stderr.on('data', (text) => {
        output += text;
    });
    return { child, closed: once(child, 'close'), output: () => output };
}

function writeSpend(amount: string, rows = 60_000): void {
    const lines = Array.from({ length: rows }, (_, index) =>
        spend('2026-01-01', amount, `c${index}`),
    );
    company.write('ads/a.csv', `${[spendHeader, ...lines].join('\n')}\n`);
}

const state = () =>
    company.query(`select
        (select count(*) from raw_files.ad_spend) as stored,
        (select count(distinct spend_amount) from raw_files.ad_spend) as versions,
        (select count(*) from jointly.loads) as loads,
        (select row_count from jointly.stream_state where stream = 'ad_spend') as declared,
        (select count(*) from raw_history.ad_spend) as past,
        (select coalesce(sum(history_rows), 0) from jointly.loads) as moved,
        (select count(*) from raw_files.ad_spend join jointly.files on file_id = _file_id where load_id <> (
            select load_id from jointly.stream_state where stream = 'ad_spend')) as foreign_rows`);

describe('kill -9 at any moment of a load', () => {
    it('leaves nothing of a first load or all of it', async () => {
        company.configure([spendInput]);
        writeSpend('1');
        const start = performance.now();
        await startLoad().closed;
        const usual = performance.now() - start;
        for (let round = 0; round < kills; round++) {
            company.remove('state/warehouse.duckdb');
            const { child, closed } = startLoad();
            await wait((usual * (round + 2)) / (kills + 1));
            child.kill('SIGKILL');
            await closed;
            const [after] = await state();
            expect([0, 60_000]).toContain(after?.stored);
            expect(after?.loads).toBe(after?.stored ? 1 : 0);
            await company.load();
            expect((await state())[0]).toMatchObject({ stored: 60_000, loads: 1, foreign_rows: 0 });
        }
    });

    it('leaves the old state or the new one, and the next load finishes the work', async () => {
        company.configure([spendInput]);
        writeSpend('1');
        const start = performance.now();
        await startLoad().closed;
        const usual = performance.now() - start;
        let version = 1;
        for (let round = 0; round < kills; round++) {
            version += 1;
            writeSpend(String(version));
            const [before] = await state();
            const { child, closed } = startLoad();
            // Spread over the whole run, so that some kills hit the transaction and its commit.
            await wait((usual * (round + 2)) / (kills + 1));
            child.kill('SIGKILL');
            await closed;
            const [after] = await state();
            expect(after).toMatchObject({
                stored: 60_000,
                versions: 1,
                declared: 60_000,
                foreign_rows: 0,
            });
            expect(after?.past).toEqual(after?.moved);
            const isNew = Number(after?.loads) === Number(before?.loads) + 1;
            if (!isNew) expect(after).toEqual(before);
            const outcomes = await company.load();
            if (!isNew) expect(countsOf(outcomes).updated).toBe(60_000);
            expect(
                await company.query('select distinct spend_amount from raw_files.ad_spend'),
            ).toEqual([{ spend_amount: `${version}.000000` }]);
        }
    });
});

describe('a second run', () => {
    it('is refused in one line with exit code 4 while the first one works', async () => {
        company.configure([spendInput]);
        writeSpend('1', 10);
        const paths = statePaths('test', company.warehousePath);
        const second = await withLock(paths, 0, async () => {
            const started = startLoad('--wait', '1');
            const [code] = await started.closed;
            return { code, output: started.output() };
        });
        expect(second.output).toMatch(
            new RegExp(
                `^Error: Another run is working on .*: process ${process.pid} since \\d{4}-`,
            ),
        );
        expect(second.code).toBe(4);
        expect(countsOf(await company.load()).inserted).toBe(10);
    });

    it('is let in when the first was killed and left its lock behind', async () => {
        company.configure([spendInput]);
        writeSpend('1', 200_000);
        const first = startLoad();
        await wait(600);
        first.child.kill('SIGKILL');
        await first.closed;
        const second = startLoad('--wait', '0');
        expect(await second.closed).toEqual([0, null]);
        const left = readdirSync(dirname(company.warehousePath));
        expect(left.filter((name) => name.includes('.load-'))).toEqual([]);
    });

    it('waits for the first when it may', async () => {
        company.configure([spendInput]);
        writeSpend('1', 100_000);
        const first = startLoad();
        await wait(300);
        const second = startLoad('--wait', '30');
        const codes = await Promise.all([first.closed, second.closed]);
        expect(codes.map(([code]) => code)).toEqual([0, 0]);
        expect(first.output() + second.output()).toContain('unchanged');
    });
});
