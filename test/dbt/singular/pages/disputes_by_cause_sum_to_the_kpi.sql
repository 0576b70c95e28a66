-- The disputes of a month by cause, and all of them together, are the KPI of the company; its
-- departments are no more than that. A row is a month of which this does not hold.

with

values_of_kpi as (

    select
        period_start,
        sum(case when scope_type = 'company' then value end) as company_value,
        coalesce(sum(case when scope_type = 'department' then value end), 0) as department_value

    from {{ ref('fct_kpi_values') }}
    where kpi = 'pay_disputes' and period_type = 'month'
    group by period_start

),

causes as (

    select
        period_start,
        sum(case when is_total then month_count end) as total_count,
        sum(case when not is_total then month_count end) as cause_count

    from {{ ref('rpt_dispute_causes') }}
    group by period_start

)

select
    coalesce(causes.period_start, values_of_kpi.period_start) as period_start,
    values_of_kpi.company_value,
    values_of_kpi.department_value,
    causes.total_count,
    causes.cause_count

from causes
full outer join values_of_kpi
    on causes.period_start = values_of_kpi.period_start
where
    values_of_kpi.company_value is distinct from causes.total_count
    or values_of_kpi.company_value is distinct from causes.cause_count
    or values_of_kpi.department_value > values_of_kpi.company_value
