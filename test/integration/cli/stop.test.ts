import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { statePaths } from '../../../pipelines/config.ts';
import { openWarehouseForReading } from '../../../pipelines/warehouse/connection.ts';
import { csv, spend, spendHeader, type TestCompany } from '../loading/company.ts';
import { createLoadedCompany, runCli, startCli } from './start-cli.ts';

let company: TestCompany;
let directory: string;

beforeEach(async () => {
    company = await createLoadedCompany();
    directory = statePaths('test', company.warehousePath).directory;
});
afterEach(() => company.close());

/** A transform at the moment when dbt writes to the warehouse; only the CLI's pid is known. */
async function startTransform() {
    const transform = startCli(company, ['transform', '--verbose']);
    while (!/ START sql .* model /.test(transform.out.stderr)) {
        const ended = transform.closed.then(() => {
            throw new Error(`the transform ended too soon:\n${transform.out.stderr}`);
        });
        await Promise.race([once(transform.child.stderr, 'data'), ended]);
    }
    await expect(openWarehouseForReading(company.warehousePath)).rejects.toThrow(
        /^The warehouse .* is in use by python.* \(PID \d+\)\.\n/,
    );
    return transform;
}

const locks = () => readdirSync(directory).filter((name) => name.startsWith('run.'));
const dbtLog = () => readFileSync(join(directory, 'dbt', 'logs', 'dbt.log'), 'utf8');

describe('a signal to the CLI alone, while dbt builds', () => {
    it.each([
        ['SIGINT', 130],
        ['SIGTERM', 143],
        ['SIGHUP', 129],
    ] as const)('%s ends dbt too, frees the lock and exits with %i', async (signal, code) => {
        const { child, out, closed } = await startTransform();
        child.kill(signal);
        expect(await closed).toEqual([code, null]);
        expect(out.stderr).toMatch(new RegExp(`^Stopped by ${signal}: .*\n`, 'm'));
        expect(out.stderr).not.toContain('Error:');
        expect(locks()).toEqual([]);
        expect(await company.query('select count(*) as n from raw_files.ad_spend')).toEqual([
            { n: 1 },
        ]);
    });

    it('SIGKILL leaves no dbt behind that goes on writing, and the next run works', async () => {
        const { child, closed } = await startTransform();
        child.kill('SIGKILL');
        expect(await closed).toEqual([null, 'SIGKILL']);
        company.write('ads/b.csv', csv(spendHeader, spend('2026-01-02', '1')));
        const next = await runCli(company, 'load', '--wait', '5');
        expect(next.stderr).toContain('ROWS=1 REJECTED=0');
        expect(next.code).toBe(0);
        expect(dbtLog()).not.toContain('Command `dbt build` succeeded');
        expect(locks()).toEqual([]);
    });
});

describe('a killed run that left a reader of the warehouse behind', () => {
    it('is waited for as long as --wait says, then named', async () => {
        const gone = spawn(process.execPath, ['--version']);
        await once(gone, 'close');
        mkdirSync(directory, { recursive: true });
        const holder = { pid: gone.pid, host: hostname(), since: '2026-01-01T00:00:00.000Z' };
        const abandon = () => writeFileSync(join(directory, 'run.json'), JSON.stringify(holder));
        const reader = spawn(process.execPath, ['--input-type=module', '-e', holdWarehouse], {
            cwd: import.meta.dirname,
            env: { ...process.env, WAREHOUSE: company.warehousePath },
            stdio: ['pipe', 'pipe', 'inherit'],
        });
        await once(reader.stdout, 'data');

        abandon();
        const refused = await runCli(company, 'load', '--wait', '0');
        expect(refused.stderr).toMatch(
            new RegExp(`^Error: The warehouse .* is in use by node \\(PID ${reader.pid}\\)\\.\n`),
        );
        expect(refused.code).toBe(4);
        expect(existsSync(join(directory, 'run.json'))).toBe(false);

        abandon();
        const waiting = startCli(company, ['load', '--wait', '60']);
        // It holds the lock from before its first look at the warehouse.
        while (!locks().includes('run.lock')) await new Promise((next) => setTimeout(next, 20));
        setTimeout(() => reader.stdin.end(), 1000);
        expect(await waiting.closed).toEqual([0, null]);
        expect(reader.exitCode).toBe(0);
    });
});

const holdWarehouse = `
    import { DuckDBInstance } from '@duckdb/node-api';
    const instance = await DuckDBInstance.create(process.env.WAREHOUSE, { access_mode: 'READ_ONLY' });
    process.stdout.write('open');
    process.stdin.on('end', () => instance.closeSync()).resume();
`;
