import type { Config } from '../config.ts';
import {
    type Comparison,
    compareRecords,
    type SourceRecord,
    wholeMonth,
} from '../finance/reconcile.ts';
import { filled, type RuleTables, tableOf } from '../rules/rule-table.ts';
import type { Warehouse } from '../warehouse/connection.ts';

/**
 * Compares a month with where it came from: won deals as the CRM delivered them with those of the marts,
 * and, where accounting handed over its payments (`incentives/accounting_payments`), these with the
 * payments of the marts.
 */
export async function reconcileMonth(
    warehouse: Warehouse,
    { currency, timezone }: Config['company'],
    tables: RuleTables,
    period: string,
): Promise<readonly Comparison[]> {
    const amounts = async (sql: string) =>
        new Map(
            (await warehouse.query<{ id: string; amount: string | null }>(sql)).map((row) => [
                row.id,
                row.amount,
            ]),
        );
    const month = `'${period}'`;
    // What the CRM has deleted or merged is no deal of it any more.
    const deals = await warehouse.query<{
        id: string;
        amount: string | null;
        paid_in: string | null;
    }>(`
        select
            deals.deal_id as id, cast(cast(deals.amount as decimal(28, 2)) as varchar) as amount,
            upper(deals.currency_code) as paid_in
        from raw_files.deals as deals
        left join staging.stg_files__merges as merges
            on merges.record_type = 'deal' and deals.deal_id = merges.record_id
        where deals.status = 'won' and deals.is_deleted is not true and merges.record_id is null
            and strftime(
                (deals.closed_at at time zone 'UTC') at time zone '${timezone}', '%Y-%m'
            ) = ${month}`);
    const booked = await amounts(`
        select deal_id as id, cast(booked_amount as varchar) as amount from marts.dim_deals
        where status = 'won' and strftime(closed_date, '%Y-%m') = ${month}`);
    const comparisons = [
        compareRecords(
            'deal',
            currency,
            deals.map(({ id, amount, paid_in: other }): SourceRecord => {
                const isForeign = other !== null && other !== currency;
                // What has no amount in the marts was not converted, whatever its currency.
                const isConverted = isForeign && (booked.get(id) ?? null) !== null;
                const explanation = isConverted ? `converted from ${other}` : null;
                return { id, amount, explanation, isForeign };
            }),
            booked,
        ),
    ];
    const accounted = tableOf(tables, 'incentives/accounting_payments').rows.filter(
        (row) => filled(row, 'period') === period,
    );
    if (accounted.length === 0) return comparisons;
    return [
        ...comparisons,
        compareRecords(
            'payment',
            currency,
            accounted.map(({ cells }) => ({
                id: cells.payment_id ?? wholeMonth,
                amount: inCents(cells.amount ?? ''),
                explanation: cells.explanation ? `${cells.explanation} (${cells.author_id})` : null,
            })),
            await amounts(`
                select payment_id as id, cast(collected_amount as varchar) as amount
                from marts.fct_payments where strftime(paid_date, '%Y-%m') = ${month}`),
        ),
    ];
}

/** The contract lets at most two decimals in, and zeros behind them. */
function inCents(amount: string): string {
    const [whole = '0', fraction = ''] = amount.replace('+', '').split('.');
    return `${whole}.${fraction.padEnd(2, '0').slice(0, 2)}`;
}
