import { Decimal } from 'decimal.js';
import { beforeAll, describe, expect, test } from 'vitest';
import { statePaths } from '../../pipelines/config.ts';
import { built } from './support/built.ts';
import { provideSampleExports, sample } from './support/companies.ts';
import { queryFiles } from './support/duckdb.ts';
import { exportKpis, exportMart, type MartRow, sumOf } from './support/exports.ts';
import { collectedPerQuarter, leadsPerChannel, spendPerPlatform } from './support/plain-sql.ts';
import { recomputePay } from './support/recompute-pay.ts';

let exports: string;
beforeAll(async () => {
    await built(sample);
    exports = await provideSampleExports();
});

const cell = (row: MartRow, column: string) => {
    const value = row[column];
    if (typeof value === 'boolean' || value === undefined) throw new Error(`no text in ${column}`);
    return value;
};

/** Sums of one column of a mart per value of others, as exact text. */
function totals(rows: readonly MartRow[], keys: readonly string[], column: string) {
    const groups = Map.groupBy(rows, (row) => keys.map((key) => cell(row, key)).join(' '));
    return new Map(
        [...groups].map(([key, group]) => [key, sumOf(group.map((row) => cell(row, column)))]),
    );
}

describe('the product and a plain query over the exports agree on', () => {
    test('the spend of every platform, to the cent', async () => {
        const spend = totals(
            await exportMart(sample, 'fct_ad_spend_daily'),
            ['platform'],
            'spend_amount',
        );
        const expected = await queryFiles(spendPerPlatform(exports));
        expect(expected).toHaveLength(3);
        for (const { platform, spend: amount } of expected) {
            expect(spend.get(String(platform)), String(platform)).toBe(sumOf([amount ?? null]));
        }
        const kpi = await exportKpis(sample, '--select=spend', '--scope=company', '--period=month');
        expect(sumOf(kpi.map((row) => row.value))).toBe(sumOf([...spend.values()]));
    });

    test('the collected revenue of every quarter, to the cent', async () => {
        const expected = await queryFiles(collectedPerQuarter(exports));
        const filter = ['--select=collected_revenue', '--scope=company', '--period=quarter'];
        const rows = await exportKpis(sample, ...filter);
        expect(rows).toHaveLength(12);
        expect(rows.map((row) => [row.period_start, row.value])).toEqual(
            expected.map((row) => [row.quarter, sumOf([row.collected ?? null])]),
        );
    });

    test('the leads of every channel', async () => {
        const expected = await queryFiles(leadsPerChannel(exports));
        const filter = ['--select=leads', '--scope=channel', '--period=quarter'];
        const groups = Map.groupBy(await exportKpis(sample, ...filter), (row) => row.scope_id);
        const counted = [...groups].map(([channel, rows]) => ({
            channel,
            leads: sumOf(rows.map((row) => row.value)),
        }));
        expect(counted.toSorted((a, b) => a.channel.localeCompare(b.channel))).toEqual(expected);
    });
});

test('every statement of three years is the same when it is worked out by hand, line by line', async () => {
    const { seeds } = statePaths('gates-and-parts', sample.warehouse);
    const expected = await recomputePay(sample.warehouse, seeds, 'Europe/Bucharest');
    const statements = await exportMart(sample, 'fct_bonus_statements');
    const lines = Map.groupBy(
        await exportMart(sample, 'fct_bonus_statement_lines'),
        (row) => `${row.payee_id} ${row.period_start}`,
    );
    const inCents = (value: MartRow[string] | undefined) =>
        value === null || value === undefined ? null : new Decimal(String(value)).toFixed(2);
    const computed = statements.map((row) => ({
        payee: row.payee_id,
        month: row.period_start,
        earned: inCents(row.earned_amount),
        payable: inCents(row.payable_amount),
        lines: (lines.get(`${row.payee_id} ${row.period_start}`) ?? [])
            .filter(({ line_type: type }) => !String(type).startsWith('balance_'))
            .map((line) => ({
                type: line.line_type,
                kpi: line.kpi ?? '',
                amount: inCents(line.amount),
            })),
    }));
    expect(new Set(expected.map(({ month }) => month)).size).toBe(36);
    expect(new Set(expected.flatMap((one) => one.lines.map(({ type }) => type)))).toEqual(
        new Set(['component', 'gate', 'multiplier', 'cap', 'rounding', 'pool']),
    );
    const order = (one: { payee: unknown; month: unknown }) => `${one.month} ${one.payee}`;
    const sorted = <One extends { payee: unknown; month: unknown }>(all: readonly One[]) =>
        all.toSorted((one, other) => (order(one) < order(other) ? -1 : 1));
    expect(sorted(computed)).toEqual(sorted(expected));
});

describe('what is shared out adds up again', () => {
    test('the credit of every attribution model to every deal, booked and collected', async () => {
        const credit = await exportMart(sample, 'fct_attribution_credit');
        const deals = await exportMart(sample, 'dim_deals');
        const models = new Set(credit.map((row) => cell(row, 'model')));
        expect(models).toEqual(new Set(['first', 'last', 'last_non_direct', 'linear', 'position']));
        const shares = totals(credit, ['model', 'deal_id'], 'credit_share');
        const booked = totals(credit, ['model', 'deal_id'], 'credited_booked_amount');
        const collected = totals(credit, ['model', 'deal_id'], 'credited_collected_amount');
        const closed = deals.filter((deal) => deal.status !== 'open');
        expect(closed.length).toBeGreaterThan(50);
        for (const deal of closed) {
            for (const model of models) {
                const key = `${model} ${deal.deal_id}`;
                const amount = deal.status === 'won' ? cell(deal, 'booked_amount') : null;
                expect(shares.get(key), key).toBe('1');
                expect(booked.get(key), key).toBe(sumOf([amount]));
                expect(collected.get(key), key).toBe(sumOf([cell(deal, 'collected_amount')]));
            }
        }
    });

    test('the lines of every bonus statement to its payable amount', async () => {
        const statements = await exportMart(sample, 'fct_bonus_statements');
        const lines = await exportMart(sample, 'fct_bonus_statement_lines');
        const sums = totals(lines, ['payee_id', 'period_start'], 'amount');
        const paid = statements.filter((row) => row.payable_amount !== null);
        expect(new Set(paid.map((row) => row.payee_id)).size).toBe(8);
        expect(paid.length).toBeGreaterThan(200);
        expect(paid.some((row) => row.payable_amount !== '0')).toBe(true);
        for (const row of paid) {
            const key = `${row.payee_id} ${row.period_start}`;
            expect(sums.get(key), key).toBe(sumOf([cell(row, 'payable_amount')]));
        }
    });
});
