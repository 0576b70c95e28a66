import { afterEach, beforeEach, expect, it } from 'vitest';
import { csv, spendInput, type TestCompany } from '../loading/company.ts';
import { createLoadedCompany, runCli } from './start-cli.ts';

const leads = { name: 'crm', stream: 'leads', files: ['crm/*.csv'] };

let company: TestCompany;
beforeEach(async () => {
    company = await createLoadedCompany();
    company.configure([spendInput, leads]);
});
afterEach(() => company.close());

it('a run stops before the transform where a stream did not load, and says how to go on', async () => {
    company.write('crm/l.csv', csv('lead_id,created_at', '1,yesterday'));
    const { code, stderr } = await runCli(company, 'run');
    expect(code).toBe(1);
    expect(stderr).toContain('load ad_spend            unchanged');
    expect(stderr).toMatch(
        /The run stopped before the transform: 1 stream did not load\.[\s\S]*run --keep-going/,
    );
    expect(stderr).not.toMatch(/^transform/m);
    expect(stderr).toMatch(/^Done\. SOURCES=2 .* MODELS=0 .* ERROR=1 in/m);
    expect(await company.query(`from duckdb_tables() where schema_name = 'marts'`)).toEqual([]);
});

it('its exit code is that of the stream: a file that is not there is a source that cannot be read', async () => {
    const { code, stderr } = await runCli(company, 'run');
    expect(code).toBe(3);
    expect(stderr).toContain('crm/*.csv matches no file');
});

it('with --keep-going it goes on to the transform', async () => {
    company.write(
        'rules/targets/targets.csv',
        csv('kpi,scope_type,scope_id,period_type,target_value,valid_from,valid_to'),
    );
    company.configure([{ ...spendInput, constants: {}, columns: {} }, leads]);
    // A platform without a channel ends the transform at its first step.
    company.write(
        'ads/a.csv',
        csv(
            'platform,account_id,campaign_id,spend_date,spend_amount,currency_code',
            'nowhere,a,c,2026-01-01,1,EUR',
        ),
    );
    const { code, stderr } = await runCli(company, 'run', '--keep-going');
    expect(stderr).toContain('platform nowhere belongs to no channel');
    expect(stderr).not.toContain('stopped before the transform');
    expect(code).toBe(1);
});

it('status says what is left of an input that was taken out of the config, before and after a load', async () => {
    company.write('crm/l.csv', csv('lead_id,created_at', '1,2026-01-01'));
    await company.load();
    company.configure([leads]);
    const before = await runCli(company, 'status');
    expect(before.stdout).toContain(
        'input ads of ad_spend is no longer in the config: 1 row left, counted until the next load',
    );
    const load = await runCli(company, 'load');
    expect(load.stderr).toContain(
        'input ads is no longer in the config: 1 row of it no longer counts',
    );
    const after = await runCli(company, 'status', '--json');
    expect(JSON.parse(after.stdout).removed_inputs).toEqual([
        { stream: 'ad_spend', input: 'ads', rows: 1, is_counted: false },
    ]);
});
