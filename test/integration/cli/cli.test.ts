import { once } from 'node:events';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import manifest from '../../../package.json' with { type: 'json' };
import { streams as contracts } from '../../../pipelines/contracts/registry.ts';
import { createTestCompany, spendInput, type TestCompany } from '../loading/company.ts';
import { createLoadedCompany, finishMarts, runCli, startCli } from './start-cli.ts';

let company: TestCompany;

beforeAll(async () => {
    company = await createLoadedCompany();
    await company.query('create schema marts');
    await company.query(`
        create table marts.fct_kpi_values as
        select * from (values
            ('spend', 'company', 'company', 'month', date '2026-02-01', 12.50, null, 12.50, 10.00, 1.25, 'final', null),
            ('spend', 'channel', '=cmd()', 'month', date '2026-01-01', -3, null, -3, null, null, 'provisional', 'no, "target"'),
            ('roas', 'company', 'company', 'quarter', date '2026-01-01', 1, 3, 0.3333333333, null, null, 'final', 'none')
        ) as rows(kpi, scope_type, scope_id, period_type, period_start, numerator, denominator, value, target, attainment, status, reason)`);
    await company.query(
        `create table marts.big as select range as id, 'row ' || range as label from range(300000)`,
    );
    await finishMarts(company);
});
afterAll(() => company.close());

const start = (args: readonly string[], env?: Record<string, string>, owner = company) =>
    startCli(owner, args, env);
const run = (...args: string[]) => runCli(company, ...args);

it('exports nothing of marts that are not finished', async () => {
    const unfinished = await createLoadedCompany();
    await unfinished.query('create schema marts; create table marts.half as select 1 as id');
    const { code, stdout, stderr } = await runCli(unfinished, 'export', 'half');
    unfinished.close();
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toContain('There are no finished marts to export.');
});

it('waits for a reader of the warehouse as long as it was told to', async () => {
    const { child, closed, out } = start(['export', 'big']);
    await once(child.stdout, 'data');
    child.stdout.pause();
    const load = start(['load', '--wait', '30']);
    setTimeout(() => child.stdout.resume(), 2000);
    expect(await load.closed).toEqual([0, null]);
    expect(await closed).toEqual([0, null]);
    expect(out.stderr).toBe('');
});

describe('export kpis', () => {
    it('writes exact numbers in a fixed order and nothing else', async () => {
        const { code, stdout, stderr } = await run('export', 'kpis');
        expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
        const parsed = JSON.parse(stdout);
        expect(parsed.schema_version).toBe(1);
        expect(
            parsed.rows.map((row: Record<string, unknown>) => [row.kpi, row.scope_type]),
        ).toEqual([
            ['roas', 'company'],
            ['spend', 'channel'],
            ['spend', 'company'],
        ]);
        expect(parsed.rows[2]).toEqual({
            kpi: 'spend',
            scope_type: 'company',
            scope_id: 'company',
            period_type: 'month',
            period_start: '2026-02-01',
            numerator: '12.5',
            denominator: null,
            value: '12.5',
            target: '10',
            attainment: '1.25',
            status: 'final',
            reason: null,
        });
    });

    it('filters and disarms formulas in CSV', async () => {
        const { stdout } = await run(
            'export',
            'kpis',
            '--select',
            'spend',
            '--scope',
            'channel',
            '--period',
            'month',
            '--format',
            'csv',
        );
        expect(stdout.split('\n')[1]).toBe(
            `spend,channel,'=cmd(),month,2026-01-01,-3,,-3,,,provisional,"no, ""target"""`,
        );
        expect(stdout.split('\n')).toHaveLength(3);
    });

    it.each([
        [['export', 'kpis', '--select', 'spent'], 'did you mean spend?'],
        [['export', 'kpis', '--select', 'roas', '--scope', 'person'], 'No KPI value fits'],
        [['export', 'kpis', '--scope', 'planet'], 'Allowed choices'],
        [['export', 'bigg'], 'the nearest name is big'],
        [['load', '--select', 'ad_spent'], 'did you mean ad_spend?'],
        [['unknown-verb'], 'unknown command'],
    ])('refuses %j with exit code 2', async (args, expected) => {
        const { code, stdout, stderr } = await run(...args);
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toContain(expected);
    });
});

describe('a big mart', () => {
    it('is written as a whole to a file', async () => {
        const file = join(company.directory, 'big.csv');
        expect(await run('export', 'big', '--format', 'csv', '--out', file)).toMatchObject({
            code: 0,
            stdout: '',
        });
        const lines = readFileSync(file, 'utf8').split('\n');
        expect(lines).toHaveLength(300_002);
        expect(lines[300_000]).toBe('299999,row 299999');
        expect(existsSync(`${file}.partial`)).toBe(false);
    });
});

describe('load', () => {
    it('ends with the tally on stderr and prints nothing on stdout', async () => {
        const { code, stdout, stderr } = await run('load', '--full-refresh');
        expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
        expect(stderr.trimEnd().split('\n').at(-1)).toMatch(
            /^Done\. SOURCES=1 ROWS=0 REJECTED=0 MODELS=0 TESTS=0 WARN=0 ERROR=0 in \d+\.\ds$/,
        );
    });

    it('exits with the code of the failure, without a stack', async () => {
        const own = createTestCompany();
        try {
            own.configure([spendInput]);
            const { out, closed } = start(['load'], {}, own);
            const [code] = await closed;
            const { stderr } = out;
            expect(code).toBe(3);
            expect(stderr).toContain('Error: Input ads: ads/*.csv matches no file.');
            expect(stderr).toContain('ERROR=1');
            expect(stderr).not.toMatch(/^\s+at .*\.ts:/m);
        } finally {
            own.close();
        }
    });
});

describe('help and status', () => {
    it('tells its version', async () => {
        expect(await run('--version')).toMatchObject({ code: 0, stdout: `${manifest.version}\n` });
    });

    it('begins with three examples', async () => {
        const { code, stdout } = await run('--help');
        expect(code).toBe(0);
        expect(
            stdout
                .split('\n')
                .slice(0, 4)
                .map((line) => line.trim().slice(0, 11)),
        ).toEqual(['Examples:', 'npx jointly', 'npx jointly', 'npx jointly']);
    });

    it('tells the state of every stream as JSON', async () => {
        const { stdout } = await run('status', '--json');
        const { streams } = JSON.parse(stdout);
        expect(streams).toHaveLength(contracts.length);
        expect(streams.find((one: { stream: string }) => one.stream === 'ad_spend')).toMatchObject({
            is_connected: true,
            row_count: 1,
            rejected_rows: 0,
            last_event_at: '2026-01-01 00:00:00',
        });
    });

    it('colours nothing when NO_COLOR is set or nobody looks', async () => {
        const { out, closed } = start(['export', 'nope'], { FORCE_COLOR: '1', NO_COLOR: '1' });
        await closed;
        expect(out.stderr).not.toContain('\u001b[');
    });
});

describe('serve', () => {
    it('says what to do when there are no pages', async () => {
        expect(await run('serve')).toMatchObject({
            code: 2,
            stderr: expect.stringContaining('npx jointly run'),
        });
    });

    it('takes the next port when one is taken, and serves compressed files', async () => {
        const site = join(company.directory, 'state', 'warehouse.state', 'site');
        mkdirSync(join(site, 'everyone'), { recursive: true });
        writeFileSync(join(site, 'everyone', 'index.html'), '<h1>Pages</h1>');
        writeFileSync(join(site, 'readers.json'), '{"pages": {}, "owners": []}');
        const taken = createServer().listen(0, '127.0.0.1');
        await once(taken, 'listening');
        const { port } = taken.address() as AddressInfo;
        const { child, out, closed } = start(['serve', '--port', String(port)]);
        while (!out.stderr.includes('http://')) await once(child.stderr, 'data');
        const url = /http:\/\/127\.0\.0\.1:(\d+)\//.exec(out.stderr);
        expect(Number(url?.[1])).toBeGreaterThan(port);
        expect(await (await fetch(url?.[0] ?? '')).text()).toBe('<h1>Pages</h1>');
        expect((await fetch(`${url?.[0]}none.html`)).status).toBe(404);
        child.kill('SIGINT');
        expect(await closed).toEqual([130, null]);
        expect(out.stderr).toMatch(/Ctrl-C\)\nStopped\.\n$/);
        taken.close();
    });
});
