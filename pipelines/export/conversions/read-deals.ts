import { sql } from 'kysely';
import type { Warehouse } from '../../warehouse/connection.ts';
import type { DealConversion } from './conversion.ts';
import { hashEmail } from './emails.ts';
import type { Platform } from './platform.ts';

interface Row {
    readonly milestone: DealConversion['milestone'];
    readonly deal_id: string;
    readonly reached_at: string;
    readonly settled_at: string | null;
    readonly value_amount: string | null;
    readonly unknown_value_code: string | null;
    readonly currency_code: string;
    readonly click_id: string | null;
    readonly clicked_at: string | null;
    readonly email: string | null;
}

const instant = (column: string) =>
    sql.raw(`strftime(${column}, '%Y-%m-%dT%H:%M:%SZ') as ${column.split('.')[1]}`);

/**
 * Milestones of won deals with the click of a platform, from the marts.
 * @param hasEmails whether hashes of addresses are wanted
 */
export async function readDeals(
    warehouse: Warehouse,
    platform: Platform,
    hasEmails: boolean,
): Promise<readonly DealConversion[]> {
    const normalise = hasEmails ? platform.normaliseEmail : undefined;
    const { rows } = await sql<Row>`
        select
            conversions.milestone,
            conversions.deal_id,
            ${instant('conversions.reached_at')},
            ${instant('conversions.settled_at')},
            cast(conversions.value_amount as varchar) as value_amount,
            conversions.unknown_value_code,
            conversions.currency_code,
            clicks.click_id,
            ${instant('clicks.clicked_at')},
            ${normalise ? sql.raw('leads.email') : sql.raw('cast(null as varchar)')} as email
        from marts.fct_deal_conversions as conversions
        left join marts.fct_deal_clicks as clicks
            on conversions.deal_id = clicks.deal_id
            and clicks.platform = ${platform.clickPlatform}
        left join marts.dim_leads as leads
            on conversions.lead_id = leads.lead_id
        order by conversions.reached_at, conversions.deal_id, conversions.milestone`.execute(
        warehouse.db,
    );
    return rows.map((row) => ({
        milestone: row.milestone,
        dealId: row.deal_id,
        reachedAt: row.reached_at,
        settledAt: row.settled_at,
        value: row.value_amount,
        unknownValueCode: row.unknown_value_code,
        currency: row.currency_code,
        click:
            row.click_id === null || row.clicked_at === null
                ? null
                : { text: row.click_id, at: row.clicked_at },
        hashedEmail: normalise ? hashEmail(row.email, normalise) : null,
    }));
}
