import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openWarehouse, openWarehouseForReading } from '../../../pipelines/warehouse/connection.ts';
import { countsOf, type TestCompany } from '../loading/company.ts';
import { createLoadedCompany, finishMarts, runCli } from './start-cli.ts';

let company: TestCompany;

beforeEach(async () => {
    company = await createLoadedCompany();
});
afterEach(() => company.close());

const verbs = [['load'], ['transform'], ['publish'], ['run'], ['status'], ['export', 'kpis']];

async function expectRefused(verb: readonly string[], expected: string, got: string) {
    const { code, stdout, stderr } = await runCli(company, ...verb);
    expect(stderr, verb.join(' ')).toBe(
        [
            'Error: The warehouse was written by another version of this program.',
            `  at: ${company.warehousePath}: expected ${expected}, got ${got}`,
            '  fix: move the file away and load again (npx jointly run): it is built from the exports\n',
        ].join('\n'),
    );
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
}

describe('a warehouse of another version', () => {
    it('that lacks a column of the loader is refused by every verb', async () => {
        await company.query('alter table raw_files.ad_spend drop column _file_id');
        for (const verb of verbs) {
            await expectRefused(verb, 'raw_files.ad_spend._file_id integer', 'no such column');
        }
        const doctor = await runCli(company, 'doctor');
        expect(doctor.code).toBe(2);
        expect(doctor.stdout).toMatch(/^failed +warehouse: .* another version of this program/m);
        expect(doctor.stdout).toMatch(/^ok +input ads: 1 file; newest /m);
    });

    it.each([
        [
            'a column with another type',
            'alter table raw_files.ad_spend alter column _file_id type bigint',
            'raw_files.ad_spend._file_id integer',
            'bigint',
        ],
        [
            'a required column this version does not write',
            'alter table raw_files.leads add column "_file" varchar; alter table raw_files.leads alter column "_file" set not null',
            'no column raw_files.leads._file',
            'varchar not null',
        ],
        [
            'a required column that is optional now',
            'alter table raw_files.leads alter column email set not null',
            'raw_files.leads.email varchar',
            'varchar not null',
        ],
        [
            'a state that lacks a column',
            'alter table jointly.stream_state drop column row_count',
            'jointly.stream_state.row_count bigint',
            'no such column',
        ],
    ])('with %s is refused, read or written', async (_, change, expected, got) => {
        await company.query(change);
        const path = company.warehousePath;
        for (const open of [openWarehouse, openWarehouseForReading]) {
            await expect(open(path)).rejects.toMatchObject({
                exitCode: 2,
                trouble: { file: path, expected, got },
            });
        }
    });

    it('that only lacks an optional column is read, and brought up by the next load', async () => {
        await company.query(
            'alter table raw_files.ad_spend drop column clicks; drop table raw_files.activities',
        );
        expect(await runCli(company, 'status')).toMatchObject({ code: 0, stderr: '' });
        countsOf(await company.load({ isFullRefresh: true }));
        expect(await company.query('select clicks from raw_files.ad_spend')).toEqual([
            { clicks: null },
        ]);
    });

    it.each([
        ['an optional column', 'alter table jointly.stream_state drop column last_event_at'],
        ['a table', 'drop table jointly.rejects'],
    ])('whose state lacks %s is mended by a load, as it says', async (_, change) => {
        await company.query(change);
        const refused = await runCli(company, 'status');
        expect(refused.stderr).toContain('no such column');
        expect(refused.stderr).toContain('fix: load again');
        expect(refused.code).toBe(2);
        await company.load();
        await (await openWarehouseForReading(company.warehousePath)).close();
    });

    it('whose KPI values lack a column are not exported without it', async () => {
        await company.query(
            `create schema marts; create table marts.fct_kpi_values as select 'spend' as kpi`,
        );
        await finishMarts(company);
        const { code, stdout, stderr } = await runCli(company, 'export', 'kpis');
        expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
        expect(stderr).toContain(
            `${company.warehousePath}: expected marts.fct_kpi_values.scope_type, got no such column`,
        );
    });
});
