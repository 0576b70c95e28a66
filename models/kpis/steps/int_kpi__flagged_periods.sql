-- One row per period for the company and each product line: the flag "both green, company red" as a
-- KPI, with its reason: the attainments first, then what lay idle.

with

kpi_values as (

    select * from {{ ref('int_kpi__values') }}
    where attribution_model = 'default'

),

both_green as (

    select * from {{ ref('int_kpi__both_green_company_red') }}

),

ignored_leads as (

    select * from kpi_values
    where kpi = 'ignored_lead_rate'

),

wasted_spend as (

    select * from kpi_values
    where kpi = 'wasted_spend'

),

flagged_periods as (

    select
        'both_green_company_red' as kpi,
        both_green.scope_type,
        both_green.scope_id,
        both_green.period_type,
        both_green.period_start,
        both_green.period_end,
        cast(both_green.is_both_green_company_red as decimal(28, 10)) as numerator,
        cast(null as decimal(28, 10)) as denominator,
        cast(both_green.is_both_green_company_red as decimal(28, 10)) as value,
        cast(null as decimal(24, 6)) as target,
        cast(null as decimal(28, 10)) as attainment,
        cast(null as decimal(24, 6)) as reference_target,
        cast(null as decimal(28, 10)) as reference_attainment,
        both_green.scope_type = 'company' as is_whole_company,
        case
            when both_green.is_both_green_company_red is null then 'not_available'
            when both_green.is_final then 'final'
            else 'provisional'
        end as status,
        case
            when both_green.is_both_green_company_red is null then 'no_attainment'
            else 'attainments'
        end as reason_code,
        case
            when both_green.is_both_green_company_red is null
                then
                    {{ message('kpi.reason.no_attainment', {
                        'side': "case
                            when both_green.marketing_attainment is null then 'marketing'
                            when both_green.sales_attainment is null then 'sales'
                            else 'company'
                        end"
                    }) }}
            else
                {{ message('kpi.reason.attainments', {
                    'marketing': as_attainment('both_green.marketing_attainment'),
                    'sales': as_attainment('both_green.sales_attainment'),
                    'company': as_attainment('both_green.company_attainment'),
                    'ignored': as_percent(
                        'case when ' ~ is_worth_telling('ignored_leads.value')
                        ~ ' then ignored_leads.value end', 0
                    ),
                    'wasted': as_money(
                        'case when wasted_spend.value > 0 then wasted_spend.value end'
                    ),
                }) }}
        end as reason_message,
        both_green.is_final,
        case
            when both_green.is_both_green_company_red is not null and not both_green.is_final
                then 'parts'
        end as provisional_code,
        cast(0 as bigint) as pending_parts,
        cast(null as date) as final_from

    from both_green
    left join ignored_leads
        on both_green.scope_type = ignored_leads.scope_type
        and both_green.scope_id = ignored_leads.scope_id
        and both_green.period_type = ignored_leads.period_type
        and both_green.period_start = ignored_leads.period_start
    left join wasted_spend
        on both_green.scope_type = wasted_spend.scope_type
        and both_green.scope_id = wasted_spend.scope_id
        and both_green.period_type = wasted_spend.period_type
        and both_green.period_start = wasted_spend.period_start

)

select * from flagged_periods
