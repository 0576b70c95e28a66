import { resolve } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { projectRoot } from '../../../pipelines/config.ts';
import { openWarehouseForReading } from '../../../pipelines/warehouse/connection.ts';
import { readStatus } from '../../../pipelines/warehouse/status.ts';
import { readRows } from '../incentives/scratch-warehouse.ts';
import { type BuiltCompany, buildCompany } from '../quality/company.ts';

/*
 * Deal 101 was taken in by 100 and comes once more in a later export; contact 502 was taken in by 501;
 * deal 006B and payment p4 were deleted, and nobody mapped the columns that say so; deal 102 stands
 * in its export once for each of its two contacts; a log of merges says that contact 504 became 503, deal
 * 006D became 006A and client k2 became k1 (test/fixtures/removed).
 */

let company: BuiltCompany;

beforeAll(async () => {
    company = await buildCompany(
        resolve(projectRoot, 'test/fixtures/removed/removed.config.json'),
        [
            ...[
                'fct_kpi_values',
                'fct_touches',
                'bridge_deal_leads',
                'fct_payments',
                'rpt_sources',
            ],
            ...['bridge_deal_histories', 'fct_client_owners', 'fct_lead_history'],
        ],
    );
});

afterAll(() => company?.remove());

const rows = (sql: string) => readRows(company.warehouse, sql);

test('a deleted deal and one that another took in count nowhere', async () => {
    expect(
        await rows(`select deal_id, status, booked_amount from marts.dim_deals order by deal_id`),
    ).toEqual([
        ['006A', 'won', '1000.00'],
        ['006C', 'lost', '300.00'],
        ['100', 'won', '4000.00'],
        ['102', 'won', '1000.00'],
    ]);
});

test('money of a deal that was taken in is money of the one that is left', async () => {
    expect(
        await rows(`select payment_id, deal_id from marts.fct_payments order by payment_id`),
    ).toEqual([
        ['p1', '100'],
        ['p2', '100'],
        ['p3', '006B'],
        ['p5', '006A'],
    ]);
    const march = (scope: string) =>
        rows(
            `select cast(value as decimal(18, 2)) from marts.fct_kpi_values
            where kpi = 'collected_revenue' and period_type = 'month'
                and period_start = '2026-03-01' and scope_type || ' ' || scope_id = '${scope}'`,
        );
    expect(await march('company company')).toEqual([['1130.00']]);
    expect(await march('department marketing')).toEqual([['1000.00']]);
});

test('a contact that was taken in leaves its visits and deals to the one that took it', async () => {
    expect(
        await rows(`select lead_id, session_id from marts.fct_touches
            where session_id is not null order by all`),
    ).toEqual([
        ['501', 's1'],
        ['501', 's2'],
        ['503', 's3'],
    ]);
    expect(
        await rows(`select deal_id, lead_id, is_counted from marts.bridge_deal_leads order by all`),
    ).toEqual([
        ['100', '501', 'true'],
        ['102', '501', 'false'],
        ['102', '503', 'true'],
    ]);
});

test('a client that another one became leaves it its deals and its owners', async () => {
    expect(
        await rows(`select deal_id, client_id from marts.dim_deals
            where client_id is not null order by deal_id`),
    ).toEqual([
        ['006A', 'k1'],
        ['006C', 'k1'],
    ]);
    // Both were handed over at nine on the second: the one that is left says to whom.
    expect(
        await rows(`select client_id, cast(assigned_date as varchar), person_id
            from staging.stg_files__client_assignments order by all`),
    ).toEqual([
        ['k1', '2026-03-02', 'eva'],
        ['k1', '2026-03-09', 'tom'],
    ]);
});

test('a lead that another one became has no card of its own, and its visit is in the other', async () => {
    expect(await rows(`select distinct lead_id from marts.fct_lead_history order by 1`)).toEqual([
        ['501'],
        ['503'],
    ]);
});

test('what happened to both deals happened once', async () => {
    expect(
        await rows(`select deal_id, stage from staging.stg_files__deal_stage_history order by all`),
    ).toEqual([
        ['100', 'proposal'],
        ['100', 'won'],
    ]);
});

test('data health says how many rows of each source count no more', async () => {
    expect(
        await rows(
            `select stream, removed_row_count from marts.rpt_sources
            where removed_row_count > 0 order by stream`,
        ),
    ).toEqual([
        ['deals', '3'],
        ['leads', '2'],
        ['payments', '1'],
    ]);
});

test('the status says the same', async () => {
    const warehouse = await openWarehouseForReading(company.warehouse);
    const streams = await readStatus(warehouse);
    await warehouse.close();
    expect(
        streams
            .filter(({ removed_rows: count }) => count !== 0)
            .map(({ stream, removed_rows: count }) => [stream, count]),
    ).toEqual([
        ['deals', 3],
        ['leads', 2],
        ['payments', 1],
    ]);
});
