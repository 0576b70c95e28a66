import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot, readConfig, statePaths } from '../../../pipelines/config.ts';
import { transformAsOf } from '../../../pipelines/run/transform-as-of.ts';
import { buildModels, upTo } from '../../support/build-models.ts';
import { readRows } from '../incentives/scratch-warehouse.ts';
import { createTestCompany, csv, type TestCompany } from './company.ts';

/*
 * The first quarter as it was known on 5 April, and as it is known since the exports of 10 May: lead L1
 * and deal D1 went from eva to tom, D1 was signed for 800 and not 1,000, D2 was taken in by D1 and its
 * payment of 50 is one of D1, payment p2 of 100 was deleted, and Google restated its 500 as 450.
 */

let company: TestCompany;
let then: string;

const kpis = [
    ['spend', 'company company'],
    ['booked_revenue', 'company company'],
    ['booked_revenue', 'person eva'],
    ['booked_revenue', 'person tom'],
    ['won_deals', 'company company'],
    ['collected_revenue', 'company company'],
    ['roas', 'company company'],
    ['worked_share', 'person eva'],
    ['worked_share', 'person tom'],
] as const;

function writeExports(known: 'then' | 'now'): void {
    const isNow = known === 'now';
    const [owner, amount, changed] = isNow
        ? ['tom', '800', '2026-05-02 08:00:00']
        : ['eva', '1000', '2026-03-20 08:00:00'];
    company.write(
        'ads.csv',
        csv(
            'platform,account_id,campaign_id,campaign_name,spend_date,spend_amount,currency_code',
            `google_ads,1,c1,Gates,2026-02-03,${isNow ? 450 : 500},EUR`,
        ),
    );
    company.write(
        'leads.csv',
        csv('lead_id,created_at,channel', 'L1,2026-02-03 08:00:00,google_ads'),
    );
    company.write(
        'events.csv',
        csv(
            'event_id,lead_id,event_type,occurred_at,person_id',
            `e1,L1,assigned,2026-02-03 09:00:00,${owner}`,
        ),
    );
    company.write(
        'activities.csv',
        csv(
            'activity_id,activity_type,occurred_at,lead_id,person_id,direction',
            `a1,call,2026-02-03 10:00:00,L1,${owner},outbound`,
            'a2,call,2026-04-02 10:00:00,,eva,outbound',
            ...(isNow ? [] : ['a3,call,2026-04-01 10:00:00,,eva,outbound']),
        ),
    );
    company.write(
        'deals.csv',
        csv(
            'deal_id,lead_id,person_id,amount,status,created_at,closed_at,updated_at,MasterRecordId',
            `D1,L1,${owner},${amount},won,2026-02-10 08:00:00,2026-03-20 08:00:00,${changed},`,
            `D2,,eva,70,won,2026-02-11 08:00:00,2026-03-20 08:00:00,${changed},${isNow ? 'D1' : ''}`,
        ),
    );
    company.write(
        'payments.csv',
        csv(
            'payment_id,deal_id,paid_at,kind,net_amount,currency_code,is_deleted',
            'p1,D1,2026-03-21 10:00:00,payment,600,EUR,false',
            `p2,D1,2026-03-22 10:00:00,payment,100,EUR,${isNow}`,
            'p3,D2,2026-03-23 10:00:00,payment,50,EUR,false',
        ),
    );
}

async function loadOn(day: string): Promise<void> {
    for (const outcome of await company.load()) {
        if (outcome.status === 'failed') throw outcome.error;
    }
    await company.query(`
        update jointly.loads set finished_at = timestamp '${day} 06:00:00'
        where finished_at > timestamp '2026-06-01'`);
}

beforeAll(async () => {
    company = createTestCompany();
    const streams = {
        ads: 'ad_spend',
        leads: 'leads',
        events: 'lead_events',
        activities: 'activities',
        deals: 'deals',
        payments: 'payments',
    } as const;
    company.configure(
        Object.entries(streams).map(([name, stream]) => ({
            ...{ name, stream, files: [`${name}.csv`] },
            ...(name === 'activities' ? { complete: true as const } : {}),
        })),
        { max_loss_share: 0.5, rules: resolve(projectRoot, 'test/fixtures/one-lead/rules') },
    );
    writeExports('then');
    await loadOn('2026-04-05');
    writeExports('now');
    await loadOn('2026-05-10');
    const config = await readConfig(company.configPath);
    const paths = statePaths(config.company.id, company.warehousePath);
    const options = { isFullRefresh: false, select: ['+fct_kpi_values', '+fct_payments'] };
    await buildModels(config, paths, ...upTo('fct_kpi_values', 'stg_files__removed_rows'));
    ({ warehouse: then } = await transformAsOf(config, paths, { ...options, asOf: '2026-04-06' }));
});

afterAll(() => company?.close());

async function firstQuarter(warehouse: string) {
    const rows = await readRows(
        warehouse,
        `select kpi, scope_type || ' ' || scope_id,
            rtrim(rtrim(cast(round(value, 4) as varchar), '0'), '.')
        from marts.fct_kpi_values
        where period_type = 'quarter' and period_start = '2026-01-01'`,
    );
    return kpis.map(
        ([kpi, scope]) =>
            rows.find(([name, place]) => name === kpi && place === scope)?.[2] ?? null,
    );
}

test('the quarter is what it is known to have been', async () => {
    expect(await firstQuarter(company.warehousePath)).toEqual([
        '450',
        '800',
        null,
        '800',
        '1',
        '650',
        '1.4444',
        null,
        '1',
    ]);
});

test('as of April it is what was known in April', async () => {
    expect(await firstQuarter(then)).toEqual([
        '500',
        '1070',
        '1070',
        null,
        '2',
        '750',
        '1.5',
        '1',
        null,
    ]);
    expect(
        await readRows(then, 'select payment_id, deal_id from marts.fct_payments order by 1'),
    ).toEqual([
        ['p1', 'D1'],
        ['p2', 'D1'],
        ['p3', 'D2'],
    ]);
});

test('the clock of the marts stands at what was known', async () => {
    const day =
        'select cast(as_of_date as varchar), loaded_at from (select *, (select max(loaded_at) from staging.stg_jointly__streams) as loaded_at from marts.dim_as_of)';
    expect(await readRows(then, day)).toEqual([['2026-04-02', '2026-04-05 06:00:00']]);
});

test('what a complete export no longer holds is counted as removed', async () => {
    const removed =
        'select stream, cast(row_count as varchar) from staging.stg_files__removed_rows order by 1';
    expect(await readRows(company.warehousePath, removed)).toEqual([
        ['activities', '1'],
        ['deals', '1'],
        ['payments', '1'],
    ]);
});
