/** Reads the exports of the sample company without the product: only DuckDB and the file formats. */
export function storyViews(directory: string): readonly string[] {
    const csv = (name: string, delimiter = ','): string =>
        `read_csv('${directory}/${name}', header = true, all_varchar = true, delim = '${delimiter}')`;
    return [
        `create table leads as
            select "Lead ID" as lead_id, "Product Interest" as line,
                min("Created Date"::timestamp) as created_at
            from ${csv('crm/leads.csv')}
            where "Lead ID" is not null and "Lead ID" not like '%X' group by all`,
        `create table deals as
            select "Deal ID" as deal_id, "Product Line" as line, "Close Date"::timestamp as closed_at,
                "Amount"::decimal(18, 2) as amount
            from ${csv('crm/deals.csv')}
            where "Deal ID" not like '%X' and "Status" = 'Won' group by all`,
        `create table payments as
            select "Document No" as payment_id, "Deal No" as deal_id,
                strptime("Value Date", '%d.%m.%Y') as paid_at,
                replace(replace("Net", '.', ''), ',', '.')::decimal(18, 2) as net
            from ${csv('finance/payments.csv', ';')}
            where "Document No" not like '%X' and "Net" <> 'n/a' group by all`,
        `create table handovers as
            with assigned as (
                select "Lead ID" as lead_id, min("Event Time"::timestamptz) as assigned_at
                from ${csv('crm/lead_events.csv')} where "Event" = 'assigned' group by all
            ),
            touched as (
                select "Lead ID" as lead_id, min("Activity Time"::timestamptz) as touched_at
                from ${csv('crm/activities.csv')} where "Automated" = 'FALSE' group by all
            )
            select lead_id, line, date_trunc('quarter', created_at) as quarter,
                -- Roughly two business days: six calendar days still hold them over Easter.
                coalesce(touched_at > assigned_at + interval 6 days, true) as is_ignored
            from assigned join leads using (lead_id) left join touched using (lead_id)`,
        `create table targets as
            select kpi, scope_type, scope_id, valid_from::date as quarter,
                target_value::decimal(18, 2) * 3 as target
            from ${csv('rules/targets/targets.csv')} where kpi in (
                'leads', 'won_deals', 'booked_revenue', 'collected_revenue')`,
    ];
}

/** One row a quarter: attainments of marketing, sales and the company, and what was left lying. */
export const STORY_QUERY = `
    with facts as (
        select 'leads' as kpi, 'marketing' as scope_id, created_at as at, 1 as amount from leads
        union all select 'won_deals', 'sales', closed_at, 1 from deals
        union all select 'booked_revenue', 'sales', closed_at, amount from deals
        union all select 'collected_revenue', 'company', paid_at, net from payments
        union all select 'collected_revenue', lower(replace(line, 'Spare ', '')), paid_at, net
            from payments join deals using (deal_id)
    ),
    attainments as (
        select t.quarter, kpi || ' ' || t.scope_id as name,
            (sum(amount) / any_value(target))::double as attainment
        from facts join targets as t using (kpi, scope_id)
        where date_trunc('quarter', facts.at) = t.quarter group by all
    ),
    ignored as (
        select quarter, 'ignored ' || line as name, avg(is_ignored::int) as attainment
        from handovers group by all
    )
    select strftime(quarter, '%Y-%m') as quarter, name, attainment
    from (from attainments union all from ignored) order by all`;
