-- One row per scope (the company and each product line) and month or quarter: how far each side
-- came towards its target, what that means together, and the few numbers that explain it.

with

scopes as (

    select * from {{ ref('int_reports__scopes') }}

),

periods as (

    select * from {{ ref('dim_periods') }}
    where period_type in ('month', 'quarter')

),

sides as (

    select * from {{ ref('fct_both_green_company_red') }}

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where scope_type in ('company', 'product_line') and period_type in ('month', 'quarter')

),

reasons as (

    select * from {{ ref('int_reports__sides') }}

),

facts as (

    select
        scope_type,
        scope_id,
        period_type,
        period_start,
        {% for kpi in [
            'leads', 'won_deals', 'booked_revenue', 'collected_revenue', 'wasted_spend',
            'ignored_lead_rate'
        ] %}
        max(case when kpi = '{{ kpi }}' then value end) as {{ kpi }},
        {% endfor %}
        max(case when kpi = 'collected_revenue' then target end) as collected_revenue_target

    from kpi_values
    group by scope_type, scope_id, period_type, period_start

),

alignment as (

    select
        scopes.*,
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.is_final,
        periods.period_label,
        sides.marketing_attainment,
        sides.sales_attainment,
        sides.company_attainment,
        {{ alignment_status('sides') }} as status_code,
        reasons.measured_by_message,
        case
            when sides.is_both_green_company_red is not null then null
            when scopes.scope_type = 'company' or reasons.measured_by_message is null
                then reasons.reason_message
            else {{ message('overview.line_unmeasured') }}
        end as reason_message,
        facts.leads,
        facts.won_deals,
        facts.booked_revenue,
        facts.collected_revenue,
        facts.collected_revenue_target,
        facts.wasted_spend,
        facts.ignored_lead_rate

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
    {{ alignment_tone('status_code') }} as tone

from alignment
