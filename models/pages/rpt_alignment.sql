-- One row per scope (the company and each product line) and month or quarter: how far each side
-- came towards its target, and what that means in words.

with

scopes as (

    select * from {{ ref('int_reports__scopes') }}

),

periods as (

    select * from {{ ref('rpt_periods') }}
    where period_type in ('month', 'quarter')

),

sides as (

    select * from {{ ref('int_kpi__both_green_company_red') }}

),

facts as (

    select * from {{ ref('int_reports__scope_facts') }}

),

reasons as (

    select * from {{ ref('int_reports__side_reasons') }}

),

compared_sides as (

    select
        scopes.*,
        periods.period_type,
        periods.period_start,
        periods.period_label,
        periods.period_state,
        periods.is_final,
        periods.is_latest_final,
        {{ shown_attainment('sides.marketing_attainment') }} as marketing_attainment,
        {{ shown_attainment('sides.sales_attainment') }} as sales_attainment,
        {{ shown_attainment('sides.company_attainment') }} as company_attainment,
        {{ alignment_status('sides') }} as status,
        coalesce(reasons.measured_by, reasons.unset_reason) as measured_by,
        case
            when {{ alignment_status('sides') }} != 'Not measured' then null
            when reasons.unset_reason is not null then reasons.unset_reason
            when scopes.scope_type = 'company' then reasons.missing_reason
            else 'no target for each side of this product line'
        end as reason,
        cast(facts.leads as bigint) as leads_count,
        cast(facts.won_deals as decimal(28, 2)) as won_deals_count,
        cast(facts.booked_revenue as decimal(28, 2)) as booked_amount,
        cast(facts.booked_revenue_target as decimal(28, 2)) as booked_target_amount,
        cast(facts.collected_revenue as decimal(28, 2)) as collected_amount,
        cast(facts.collected_revenue_target as decimal(28, 2)) as collected_target_amount,
        cast(facts.spend as decimal(28, 2)) as spend_amount,
        cast(facts.wasted_spend as decimal(28, 2)) as wasted_spend_amount,
        cast(facts.ignored_lead_rate as decimal(28, 6)) as ignored_lead_rate

    from scopes
    cross join periods
    left join sides
        on scopes.scope_type = sides.scope_type
        and scopes.scope_id = sides.scope_id
        and periods.period_type = sides.period_type
        and periods.period_start = sides.period_start
    left join facts
        on scopes.scope_type = facts.scope_type
        and scopes.scope_id = facts.scope_id
        and periods.period_type = facts.period_type
        and periods.period_start = facts.period_start
    left join reasons
        on periods.period_type = reasons.period_type
        and periods.period_start = reasons.period_start

)

select
    *,
    {{ alignment_tone('status') }} as tone

from compared_sides
