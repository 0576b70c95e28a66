/** What happened to the sample's leads after their first end, read without the product. */
export function lifeTables(directory: string): readonly string[] {
    const csv = (name: string, delimiter = ','): string =>
        `read_csv('${directory}/${name}', header = true, all_varchar = true, delim = '${delimiter}')`;
    const local = (column: string): string => `try_strptime("${column}", '%d.%m.%Y %H:%M')`;
    return [
        `create table events as
            select distinct "Lead ID" as lead_id, "Event" as event, "Reason" as reason,
                ("Event Time"::timestamptz at time zone 'Europe/Bucharest') as occurred_at
            from ${csv('crm/lead_events.csv')} where "Event ID" not like '%X'`,
        `create table audits as
            select distinct "Audit No" as audit_id, "Lead ID" as lead_id, "Verdict" as verdict,
                ${local('Audited On')} as audited_at
            from ${csv('quality/audits.csv', ';')} where "Audit No" not like '%X'`,
        `create table rejections as
            select lead_id, min(occurred_at) as rejected_at,
                (select min(audited_at) from audits where audits.lead_id = events.lead_id) as audited_at
            from events where event in ('rejected', 'junk') group by all`,
        `create table answers as
            select distinct "Lead" as lead_id, "Field" as question, "Answer" as answer,
                ("Submitted At"::timestamptz at time zone 'Europe/Bucharest') as answered_at
            from ${csv('forms/answers.csv')} where "Lead" is not null
            union select "Lead ID", "Topic", "Note", ${local('Noted At')}
            from ${csv('crm/qualification_notes.csv', ';')} where ${local('Noted At')} is not null`,
        `create table deals as
            select distinct "Deal ID" as deal_id, "Lead ID" as lead_id, "Account ID" as client_id,
                "Created Date"::timestamp as created_at
            from ${csv('crm/deals.csv')} where "Deal ID" not like '%X'`,
        `create table payments as
            select distinct "Document No" as payment_id, "Deal No" as deal_id, "Type" as type,
                strptime("Value Date", '%d.%m.%Y') as paid_at
            from ${csv('finance/payments.csv', ';')}
            where "Document No" not like '%X' and "Net" <> 'n/a'`,
        `create table owners as
            select distinct "Account ID" as client_id, "Account Owner" as owner
            from ${csv('crm/account_owners.csv')}`,
        `create table requests as
            select "Ticket" as ticket, "Category" as category, "Opened" as opened,
                max("Answered") as answered
            from ${csv('service/requests.csv')} where "Ticket" not like '%X' group by all`,
        `create table weeks as
            with days as (
                select unnest(generate_series(date '2023-07-03', date '2026-06-26', interval 1 day))::date as date_day
            ),
            capacity as (
                select date_trunc('week', date_day) as week, sum(leads_per_week::double / 5) as leads
                from days
                join ${csv('rules/company/sales_capacity.csv')} as rows
                    on date_day >= rows.valid_from::date
                    and date_day < coalesce(rows.valid_to::date, '9999-01-01')
                where isodow(date_day) < 6 and not exists (
                    select 1 from ${csv('rules/company/absences.csv')} as away
                    where away.person_id = rows.person_id
                        and date_day between away.absent_from::date and away.absent_to::date)
                group by all
            ),
            qualified as (
                select date_trunc('week', first_at) as week, count(*) as leads
                from (select lead_id, min(occurred_at) as first_at from events where event = 'mql' group by all)
                group by all
            )
            select week, case when qualified.leads / capacity.leads < 0.8 then 'low'
                when qualified.leads / capacity.leads <= 1.1 then 'right' else 'high' end as band
            from capacity join qualified using (week)`,
    ];
}

/** One row per deal opened after an overturned rejection, and paid. */
export const RECLAIMED_QUERY = `
    select deals.deal_id, count(distinct payment_id) filter (type = 'Credit note') as refunds,
        count(distinct owner) as owners
    from (select lead_id, min(audited_at) as overturned_at from audits
        where verdict = 'Overturned' group by all) as overturned
    join deals on deals.lead_id = overturned.lead_id and deals.created_at >= overturned_at
    join payments on payments.deal_id = deals.deal_id and paid_at >= overturned_at
    left join owners using (client_id)
    group by all`;

/** Leads in nurture that became marketing qualified again. */
export const RETURN_QUERY = `
    with returns as (
        select recycled.lead_id, min(again.occurred_at) as returned_at,
            min(date_diff('day', recycled.occurred_at, again.occurred_at)) as days
        from events as recycled
        join events as again on again.lead_id = recycled.lead_id and again.event = 'mql'
            and again.occurred_at > recycled.occurred_at
        where recycled.event = 'recycled' group by all
    )
    select count(*)::int as returned, min(days)::int as shortest_days,
        count(*) filter (exists (select 1 from outcomes where outcomes.lead_id = returns.lead_id))::int as clients,
        count(*) filter (exists (select 1 from answers where answers.lead_id = returns.lead_id
            and question = 'Need' and answered_at > returned_at))::int as talked_again
    from returns`;
