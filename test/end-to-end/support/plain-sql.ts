/**
 * The sample company's numbers straight from its exports, in one plain query each: no contract, no
 * loader, no model. They are what the product is checked against.
 */

const text = (files: string, options = '') =>
    `read_csv('${files}', header = true, all_varchar = true${options})`;

/** Ad cost per platform. A report of one month restates that month of its account. */
export function spendPerPlatform(exports: string): string {
    const google = (files: string) => text(`${exports}/google_ads/${files}`, ', skip = 2');
    const fromMicros = `try_cast("Cost (micros)" as decimal(18, 6)) * 0.000001`;
    return `
        with google as (
            select "Day"::date as day, ${fromMicros} as cost from ${google('restated/*.csv')}
            union all
            select "Day"::date, ${fromMicros} from ${google('*.csv')}
            where date_trunc('month', "Day"::date) not in (
                select distinct date_trunc('month', "Day"::date) from ${google('restated/*.csv')}
            )
        )
        select 'google_ads' as platform, sum(cost)::decimal(18, 2)::varchar as spend
        from google where cost >= 0
        union all
        select 'meta_ads', sum("Amount spent (EUR)"::decimal(18, 6))::decimal(18, 2)::varchar
        from ${text(`${exports}/meta_ads/*.csv`)} where "Campaign ID" is not null
        union all
        select 'linkedin_ads',
            sum(replace(replace("Total Spent", '.', ''), ',', '.')::decimal(18, 6))
                ::decimal(18, 2)::varchar
        from ${text(`${exports}/linkedin_ads/*.csv`, `, delim = ';'`)}
        where try_strptime("Start Date (in UTC)", '%d.%m.%Y') is not null
        order by platform`;
}

/** Money received per quarter, without tax, refunds taken off; a document counts once. */
export function collectedPerQuarter(exports: string): string {
    return `
        with documents as (
            select distinct "Document No", "Value Date", "Net"
            from ${text(`${exports}/finance/payments.csv`, `, delim = ';'`)}
        )
        select date_trunc('quarter', strptime("Value Date", '%d.%m.%Y'))::date::varchar as quarter,
            sum(try_cast(replace(replace("Net", '.', ''), ',', '.') as decimal(18, 2)))::varchar
                as collected
        from documents group by all order by all`;
}

/**
 * Leads per channel: the last visit in the 90 days before the lead that was not direct, a direct one
 * where there is no other, and what the CRM wrote down where no visit is known.
 */
export function leadsPerChannel(exports: string): string {
    return `
        with sessions as (
            select visitor, session_id, ts::timestamptz as at, case
                when utm_medium = 'cpc' then 'paid_search'
                when utm_medium in ('paid_social', 'email') then utm_medium
                when referrer like '%google.com/%' then 'organic_search'
                when referrer is not null then 'referral'
                else 'direct' end as channel
            from read_json('${exports}/web/*.ndjson.gz')
        ),
        leads as (
            select "Lead ID" as lead_id, any_value("Web Visitor") as visitor,
                min(timezone('Europe/Bucharest', "Created Date"::timestamp)) as at,
                any_value(case "Lead Source"
                    when 'Google Ads' then 'paid_search' when 'LinkedIn Ads' then 'paid_social'
                    when 'Facebook & Instagram Ads' then 'paid_social' when 'Referral' then 'referral'
                    when 'Organic Search' then 'organic_search' when 'Newsletter' then 'email'
                    when 'Website Direct' then 'direct' end) as recorded
            from ${text(`${exports}/crm/leads.csv`)} where "Lead ID" is not null group by all
        ),
        visits as (
            select lead_id, arg_max(channel, (channel <> 'direct', sessions.at, session_id)) as channel
            from leads join sessions on leads.visitor = sessions.visitor
                and sessions.at between leads.at - interval 90 days and leads.at
            group by all
        )
        select coalesce(channel, recorded) as channel, count(*)::varchar as leads
        from leads left join visits using (lead_id) group by all order by all`;
}
