/** Scores the sample's leads without the product: DuckDB, the exports and the rule files. */
export function qualityTables(directory: string): readonly string[] {
    const csv = (name: string, delimiter = ','): string =>
        `read_csv('${directory}/${name}', header = true, all_varchar = true, delim = '${delimiter}')`;
    const rule = (name: string): string => csv(`rules/lead_quality/${name}.csv`);
    return [
        `create table leads as
            select "Lead ID" as lead_id, any_value("Created Date"::timestamp) as created_at,
                lower(replace(any_value("Product Interest"), 'Spare ', '')) as product_line,
                any_value("Campaign ID") as campaign_id, any_value("Landing Page") as landing_page,
                any_value("Company") is not null as has_company, any_value("Country") as country_code,
                any_value("Email") is not null as has_email, any_value("Web Visitor") as visitor,
                any_value(case "Lead Source" when 'Google Ads' then 'paid_search'
                    when 'Organic Search' then 'organic_search' when 'Referral' then 'referral'
                    when 'Website Direct' then 'direct' when 'Newsletter' then 'email'
                    else 'paid_social' end) as channel
            from ${csv('crm/leads.csv')}
            where "Lead ID" is not null and "Lead ID" not like '%X' group by all`,
        `create table outcomes as
            with payments as (
                select distinct "Document No" as payment_id, "Deal No" as deal_id,
                    replace(replace("Net", '.', ''), ',', '.')::decimal(18, 2) as net
                from ${csv('finance/payments.csv', ';')}
                where "Document No" not like '%X' and "Net" <> 'n/a'
            ),
            deals as (
                select distinct "Deal ID" as deal_id, "Lead ID" as lead_id
                from ${csv('crm/deals.csv')} where "Deal ID" not like '%X'
            )
            select lead_id, sum(net) as collected from deals join payments using (deal_id)
            group by all having sum(net) > 0`,
        `create table form_answers as
            select distinct "Lead" as lead_id,
                case "Field" ${[
                    ['You are', 'role'],
                    ['What is it for?', 'project_type'],
                    ['How many people work at your company?', 'company_size'],
                    ['When do you need it?', 'timeline'],
                    ['Your budget in euro', 'budget_range'],
                    ['Is the building yours?', 'own_building'],
                ]
                    .map(([label, id]) => `when '${label}' then '${id}'`)
                    .join(' ')} end as field,
                case "Answer" when 'yes' then 'true' when 'no' then 'false' else "Answer" end as value
            from ${csv('forms/answers.csv')} where "Lead" is not null`,
        `create table visits as
            select lead_id, count(*) as visits, sum(pages) as pages
            from leads join (
                select distinct session_id, visitor, ts::timestamp as started_at, pages
                from read_json('${directory}/web/*.ndjson.gz', format = 'newline_delimited',
                    columns = {session_id: 'varchar', visitor: 'varchar', ts: 'varchar', pages: 'int'})
                where ts <> 'not recorded'
            ) as sessions using (visitor)
            group by all`,
        `create table fields as
            unpivot (
                select lead_id, product_line, campaign_id, landing_page, country_code, channel,
                    has_company::varchar as has_company, has_email::varchar as has_email,
                    hour(created_at)::varchar as created_hour,
                    isodow(created_at)::varchar as created_weekday,
                    visits::varchar as visits_before, pages::varchar as page_views_before
                from leads left join visits using (lead_id)
            ) on columns(* exclude lead_id) into name field value value
            union all by name select * from form_answers`,
        `create table rules as select * replace (valid_from::date as valid_from,
                coalesce(valid_to::date, '9999-01-01') as valid_to, points::double as points)
            from ${rule('score_rules')}`,
        `create table versions as select * replace (valid_from::date as valid_from,
                coalesce(valid_to::date, '9999-01-01') as valid_to) from ${rule('rule_versions')}`,
        `create table bands as select * replace (valid_from::date as valid_from,
                coalesce(valid_to::date, '9999-01-01') as valid_to,
                minimum_points::double as minimum_points) from ${rule('score_bands')}`,
        scoreTable('scores', 'fields', `rule_set in ('icp_fit', 'readiness', 'heat', 'tier')`),
        `create table all_fields as
            from fields union all by name
            select lead_id, case rule_set when 'tier' then 'expected_value' else rule_set end as field,
                points::varchar as value from scores`,
        scoreTable('qualification', 'all_fields', `rule_set = 'qualification'`),
    ];
}

function scoreTable(name: string, fields: string, condition: string): string {
    return `create table ${name} as
        with hits as (
            select leads.lead_id, rules.rule_set, sum(rules.points) as points
            from leads
            join rules on leads.created_at::date >= rules.valid_from
                and leads.created_at::date < rules.valid_to
            left join ${fields} as f on f.lead_id = leads.lead_id and f.field = rules.field
            where case rules.operator
                when 'equals' then f.value = rules.value
                when 'not_equals' then f.value <> rules.value
                when 'one_of' then list_contains(string_split(rules.value, '|'), f.value)
                when 'at_least' then try_cast(f.value as double) >= rules.value::double
                when 'less_than' then try_cast(f.value as double) < rules.value::double
                when 'starts_with' then starts_with(f.value, rules.value)
                when 'is_known' then f.value is not null
                when 'is_unknown' then f.value is null end
            group by all
        ),
        scored as (
            select leads.lead_id, leads.created_at, versions.rule_set, versions.rule_version,
                coalesce(hits.points, 0) as points
            from leads
            join versions on leads.created_at::date >= versions.valid_from
                and leads.created_at::date < versions.valid_to and ${condition}
            left join hits on hits.lead_id = leads.lead_id and hits.rule_set = versions.rule_set
        )
        select scored.*, arg_max(bands.band, bands.minimum_points) as band,
            coalesce(any_value(outcomes.collected), 0) as collected
        from scored
        join bands on bands.rule_set = scored.rule_set and bands.minimum_points <= scored.points
            and scored.created_at::date >= bands.valid_from
            and scored.created_at::date < bands.valid_to
        left join outcomes using (lead_id)
        group by all`;
}

/** One row per version of the qualification rules, over leads old enough to be judged. */
export const VERSION_QUERY = `
    select rule_version::int as version, count(*)::int as leads,
        count(*) filter (band = 'qualified')::int as qualified,
        count(*) filter (collected > 0)::int as clients,
        count(*) filter (collected > 0 and band = 'qualified') / nullif(count(*) filter (band = 'qualified'), 0) as "precision",
        count(*) filter (collected > 0 and band = 'qualified') / nullif(clients, 0) as recall,
        "precision" / nullif(clients / count(*), 0) as lift
    from qualification where created_at < timestamp '2026-01-01' group by all order by all`;

/** One row per tier: what a lead of it brought, against a lead of any tier. */
export const TIER_QUERY = `
    select band, count(*)::int as leads, avg(collected)::double as per_lead,
        per_lead / (select avg(collected)::double from scores where rule_set = 'tier' and created_at < timestamp '2026-01-01') as uplift
    from scores where rule_set = 'tier' and created_at < timestamp '2026-01-01' group by all order by all`;
