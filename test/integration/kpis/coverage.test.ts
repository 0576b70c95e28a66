import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { messagesFile, readCatalogue } from '../../../dashboards/messages/catalogue.ts';
import { createWords } from '../../../dashboards/messages/words.ts';
import { readConfig, statePaths } from '../../../pipelines/config.ts';
import { buildModels, upTo } from '../../support/build-models.ts';
import { readRows } from '../incentives/scratch-warehouse.ts';
import { createTestCompany, csv, type TestInput } from '../loading/company.ts';

/*
 * Half a year in which one thing after another fails to come: each number can be added up by heart.
 * 100 EUR are collected in every month, which is the target, so a bonus of 1,000 EUR is due for it.
 */

const words = createWords(readCatalogue(messagesFile('en')), {
    language: 'en',
    number_locale: 'en-GB',
    currency: 'EUR',
});
const company = createTestCompany();
afterAll(() => company.close());

const spend = (...lines: readonly string[]) =>
    csv(
        'platform,account_id,campaign_id,spend_date,spend_amount,currency_code',
        ...lines.map((line) => {
            const [account, day, amount] = line.split(' ');
            return `google_ads,${account},c-${account},2026-${day},${amount},EUR`;
        }),
    );
const payments = (...lines: readonly string[]) =>
    csv(
        'payment_id,deal_id,kind,currency_code,paid_at,net_amount',
        ...lines.map((line) => {
            const [id, day, amount] = line.split(' ');
            return `${id},d1,payment,EUR,2026-${day} 10:00:00,${amount}`;
        }),
    );
const adInput = (name: string): TestInput => ({
    name,
    stream: 'ad_spend',
    files: [`${name}/*.csv`],
});
const waivers = (...lines: readonly string[]) =>
    company.write(
        'rules/company/waivers.csv',
        csv('stream,input,account,from_day,to_day,waived_by,reason', ...lines),
    );

function writeCompany(): void {
    // Nothing speaks for the week from 15 to 21 February. A later file corrects what c spent.
    company.write(
        'google/1.csv',
        spend('g 01-01 10', 'g 01-31 10', 'g 02-01 10', 'g 02-14 10', 'c 01-02 1', 'c 01-03 -4'),
    );
    company.write('google/2.csv', spend('g 02-22 10', 'g 06-30 10', 'c 01-03 4', 'c 06-30 1'));
    // The account stops on 10 March while the others go on.
    company.write('meta/1.csv', spend('m 01-01 5', 'm 03-10 5'));
    // Quiet days are no gaps, between files and after them.
    company.write('linkedin/1.csv', spend('l 01-05 1'));
    company.write('linkedin/2.csv', spend('l 03-05 1'));
    // An account that moves from one export to another has not stopped.
    company.write('tiktok_old/1.csv', spend('t 01-01 2', 't 03-31 2'));
    company.write('tiktok_new/1.csv', spend('t 04-01 2', 't 06-30 2'));
    company.write(
        'bank/1.csv',
        payments('p1 01-15 100', 'p2 02-15 100', 'p3 03-15 100', 'p4 04-15 100', 'p5 04-20 ?'),
    );
    // A payment of a day that cannot be read may be of any day of its file.
    company.write('bank/2.csv', payments('p6 05-05 40', 'p7 05-25 60', 'p8 05-41 25'));
    company.write('bank/3.csv', payments('p9 06-15 100'));
    company.write('deals.csv', csv('deal_id,status,created_at', 'd1,open,2026-01-01'));
    const rules = {
        'company/people': [
            'person_id,person_name,department_id,team,valid_from,valid_to',
            'ana,Ana,sales,,2026-01-01,',
        ],
        'targets/targets': [
            'kpi,scope_type,scope_id,period_type,target_value,valid_from,valid_to',
            'collected_revenue,company,company,month,100,2026-01-01,',
        ],
        'incentives/plans': [
            'plan_id,plan_version,plan_name,department_id,currency_code,period_type,cap_share,valid_from,valid_to',
            'plan,1,Plan,sales,EUR,month,2.00,2026-01-01,',
        ],
        'incentives/plan_members': [
            'plan_id,payee_id,target_amount,valid_from,valid_to',
            'plan,ana,1000.00,2026-01-01,',
        ],
        'incentives/plan_components': [
            'plan_id,component_id,component_order,component_name,kpi,scope_type,scope_id,measure,weight,curve,payout_basis,threshold,cap,gate_id,valid_from,valid_to',
            'plan,cash,1,Cash,collected_revenue,company,company,attainment,1.00,linear,target_amount,0.00,2.00,,2026-01-01,',
        ],
    };
    for (const [file, lines] of Object.entries(rules))
        company.write(`rules/${file}.csv`, csv(...lines));
    waivers('ad_spend,meta,google_ads m,2026-04-01,2026-06-30,Ana,The account was closed in March');
    company.configure(
        [
            ...['google', 'meta', 'tiktok_old', 'tiktok_new'].map(adInput),
            { ...adInput('linkedin'), days_without_rows: 'zero' },
            { name: 'bank', stream: 'payments', files: ['bank/*.csv'] },
            { name: 'crm', stream: 'deals', files: ['deals.csv'] },
        ],
        { rules: './rules', as_of: '2026-06-30', max_reject_share: 0.5 },
    );
}

async function build(): Promise<void> {
    for (const outcome of await company.load()) {
        if (outcome.status === 'failed') throw outcome.error;
    }
    const config = await readConfig(company.configPath);
    const paths = statePaths(config.company.id, company.warehousePath);
    await buildModels(config, paths, ...upTo('fct_reconciliations'));
}

const rows = (sql: string) => readRows(company.warehousePath, sql);
const values = (kpi: string) =>
    rows(`
        select period_start, cast(value as decimal(18, 2)), status from marts.fct_kpi_values
        where kpi = '${kpi}' and scope_type = 'company' and period_type = 'month'
        order by period_start`);
const closes = () =>
    rows(`
        select period_start, result_code from marts.fct_reconciliations
        where check_id = 'coverage' order by period_start`);
const tooManyRejects = () =>
    rows(`
        select subject_id from marts.fct_reconciliations
        where check_id = 'rejected_rows' and is_blocker order by subject_id`);
const statements = () =>
    rows(`
        select period_start, status, payable_amount from marts.fct_bonus_statements
        order by period_start`);
const gaps = () =>
    rows(`
        select input_name, account, gap_code, first_date, last_date, waived_by
        from marts.fct_coverage_gaps order by all`);

describe('what did not come', () => {
    beforeAll(async () => {
        writeCompany();
        await build();
    });

    test('is every gap and nothing else', async () => {
        expect(await gaps()).toEqual([
            ['bank', '', 'rows', '2026-04-20', '2026-04-20', null],
            ['bank', '', 'rows', '2026-05-05', '2026-05-25', null],
            ['google', 'google_ads g', 'days', '2026-02-15', '2026-02-21', null],
            ['meta', 'google_ads m', 'stopped', '2026-03-11', '2026-03-31', null],
            ['meta', 'google_ads m', 'stopped', '2026-04-01', '2026-06-30', 'Ana'],
        ]);
    });

    test('leaves the known part of a number and calls it incomplete, a waived gap does not', async () => {
        expect(await values('spend')).toEqual([
            ['2026-01-01', '33.00', 'final'],
            ['2026-02-01', '30.00', 'incomplete'],
            ['2026-03-01', '8.00', 'incomplete'],
            ['2026-04-01', '2.00', 'final'],
            ['2026-05-01', '0.00', 'final'],
            ['2026-06-01', '13.00', 'provisional'],
        ]);
        expect((await values('collected_revenue')).map(([, , status]) => status)).toEqual([
            ...['final', 'final', 'final', 'incomplete', 'incomplete', 'provisional'],
        ]);
    });

    test('is said at the number, in the days of the period', async () => {
        const reasons = await rows(`
            select reason_message from marts.fct_kpi_values
            where kpi in ('spend', 'collected_revenue') and scope_type = 'company'
            and status = 'incomplete' and period_type = 'month' order by period_start`);
        expect(reasons.map(([message]) => words.render(message ?? ''))).toEqual([
            'incomplete: Ad spend of google_ads g: nothing delivered from 15 Feb 2026 to 21 Feb 2026',
            'incomplete: Ad spend of google_ads m: stopped, nothing delivered from 11 Mar 2026 to 31 Mar 2026',
            'incomplete: Payments of bank: 1 row rejected, 20 Apr 2026',
            'incomplete: Payments of bank: 1 row rejected (25.00 EUR known), 5 May 2026 to 25 May 2026',
        ]);
    });

    test('holds back the close and the pay of its months, not of others', async () => {
        expect(await closes()).toEqual([
            ['2026-01-01', 'ok'],
            ['2026-02-01', 'blocks'],
            ['2026-03-01', 'blocks'],
            ['2026-04-01', 'blocks'],
            ['2026-05-01', 'blocks'],
            ['2026-06-01', 'ok'],
        ]);
        // The row of ad spend that a later file corrects is held against nobody.
        expect(await tooManyRejects()).toEqual([['payments']]);
        expect(await statements()).toEqual([
            ['2026-01-01', 'complete', '1000.00'],
            ['2026-02-01', 'complete', '1000.00'],
            ['2026-03-01', 'complete', '1000.00'],
            ['2026-04-01', 'incomplete', null],
            ['2026-05-01', 'incomplete', null],
            ['2026-06-01', 'provisional', '1000.00'],
        ]);
    });
});

describe('once the week is delivered, the payment corrected and the rest waived by name', () => {
    beforeAll(async () => {
        company.write('google/15.csv', spend('g 02-15 7', 'g 02-21 7'));
        company.write(
            'bank/1.csv',
            payments('p1 01-15 100', 'p2 02-15 100', 'p3 03-15 100', 'p4 04-15 100', 'p5 04-20 50'),
        );
        waivers(
            'ad_spend,meta,google_ads m,2026-03-11,2026-06-30,Ana,The account was closed in March',
            'payments,bank,,2026-05-01,2026-05-31,Bo,A transfer that came back',
        );
        await build();
    });

    test('every number is whole', async () => {
        expect((await values('spend')).slice(1, 3)).toEqual([
            ['2026-02-01', '44.00', 'final'],
            ['2026-03-01', '8.00', 'final'],
        ]);
        expect((await values('collected_revenue')).slice(3, 5)).toEqual([
            ['2026-04-01', '150.00', 'final'],
            ['2026-05-01', '100.00', 'final'],
        ]);
    });

    test('nothing is held back, and data health names who answers', async () => {
        expect((await closes()).every(([, result]) => result === 'ok')).toBe(true);
        expect(await tooManyRejects()).toEqual([]);
        expect((await statements()).slice(3, 5)).toEqual([
            ['2026-04-01', 'complete', '1500.00'],
            ['2026-05-01', 'complete', '1000.00'],
        ]);
        expect(await gaps()).toEqual([
            ['bank', '', 'rows', '2026-05-05', '2026-05-25', 'Bo'],
            ['meta', 'google_ads m', 'stopped', '2026-03-11', '2026-06-30', 'Ana'],
        ]);
    });
});
