import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import { built } from './support/built.ts';
import { hasOlistData, olist, olistData } from './support/companies.ts';
import { queryFiles } from './support/duckdb.ts';
import { exportKpis, exportMart, type KpiRow, sumOf } from './support/exports.ts';
import type { Outcome } from './support/jointly.ts';

const leadsFile = join(olistData, 'olist_marketing_qualified_leads_dataset.csv');
const dealsFile = join(olistData, 'olist_closed_deals_dataset.csv');

/** What the channel rules make of an origin; the others keep their name. */
const channels: Readonly<Record<string, string>> = {
    direct_traffic: 'direct',
    unknown: 'unattributed',
};

function byChannel(counts: readonly { origin: string | null; count: string }[]) {
    const named = counts.map(({ origin, count }) => {
        const name = origin ?? 'unknown';
        return { channel: channels[name] ?? name, count };
    });
    return Object.fromEntries(
        [...Map.groupBy(named, (one) => one.channel)].map(([channel, group]) => [
            channel,
            sumOf(group.map((one) => one.count)),
        ]),
    );
}

const countOrigins = async (join = '') =>
    (await queryFiles(
        `select origin, count(*)::varchar as count from '${leadsFile}' ${join} group by all`,
    )) as readonly { origin: string | null; count: string }[];

describe.skipIf(!hasOlistData())('the public Olist funnel, by a config and no code', () => {
    let run: Outcome;
    let rows: readonly KpiRow[];

    beforeAll(async () => {
        run = await built(olist);
        rows = await exportKpis(olist);
    });

    const sumPerScope = (kpi: string, scope: string) =>
        Object.fromEntries(
            [
                ...Map.groupBy(
                    rows.filter(
                        (row) =>
                            row.kpi === kpi &&
                            row.scope_type === scope &&
                            row.period_type === 'month',
                    ),
                    (row) => row.scope_id,
                ),
            ]
                .map(([id, group]) => [id, sumOf(group.map((row) => row.value))] as const)
                .filter(([, sum]) => sum !== '0'),
        );

    test('loads 8,000 leads and 842 won deals and refuses none', () => {
        expect(run.stderr).toMatch(/load leads +loaded +8,000 rows \(8000 inserted\)/);
        expect(run.stderr).toMatch(/load deals +loaded +842 rows \(842 inserted\)/);
        expect(run.stderr).toMatch(/Done\. SOURCES=2 ROWS=8842 REJECTED=0 .* WARN=0 ERROR=0 in/);
        expect(sumPerScope('leads', 'company')).toEqual({ company: '8000' });
        expect(sumPerScope('won_deals', 'company')).toEqual({ company: '842' });
    });

    test('counts leads per origin as a plain query does, exactly as the CRM recorded it', async () => {
        const recorded = Map.groupBy(
            await exportMart(olist, 'dim_leads'),
            (row) => row.recorded_channel,
        );
        const expected = await countOrigins();
        expect(
            new Map([...recorded].map(([origin, group]) => [origin, String(group.length)])),
        ).toEqual(new Map(expected.map(({ origin, count }) => [origin, count])));
        expect(sumPerScope('leads', 'channel')).toEqual(byChannel(expected));
    });

    test('counts won deals per channel as a plain query over both files does', async () => {
        const expected = await countOrigins(`join '${dealsFile}' using (mql_id)`);
        expect(sumPerScope('won_deals', 'channel')).toEqual(byChannel(expected));
    });

    test.each([
        ['spend', 'source not connected: ad_spend'],
        ['visits', 'source not connected: sessions'],
        ['collected_revenue', 'source not connected: payments'],
        ['roas', 'source not connected: ad_spend'],
        ['cost_per_lead', 'source not connected: ad_spend'],
        ['ignored_lead_rate', 'source not connected: activities'],
        ['win_rate_count', 'the deals source delivers no lost deals'],
    ])('has no %s, because: %s', (kpi, reason) => {
        const values = rows.filter((row) => row.kpi === kpi);
        expect(values.length).toBeGreaterThan(0);
        for (const row of values) {
            expect([row.numerator, row.denominator, row.value, row.status, row.reason]).toEqual([
                ...[null, null, null, 'not_available', reason],
            ]);
        }
    });

    test('books no revenue, for the deals carry no amounts', () => {
        const [january] = rows.filter(
            (row) =>
                row.kpi === 'booked_revenue' &&
                row.scope_type === 'company' &&
                row.period_type === 'month' &&
                row.period_start === '2018-01-01',
        );
        expect(january?.value).toBeNull();
        expect(january?.reason).toMatch(
            /^won deal shares without an amount or exchange rate: [\d,]+$/,
        );
    });

    test('pays nobody, and still has every page', async () => {
        expect(await exportMart(olist, 'fct_bonus_statements')).toEqual([]);
        for (const page of ['', 'leadership', 'marketing', 'sales', 'data-health']) {
            expect(existsSync(join(olist.site, 'everyone', page, 'index.html')), page).toBe(true);
        }
        expect(existsSync(join(olist.site, 'finance', 'finance', 'index.html'))).toBe(true);
    });
});
