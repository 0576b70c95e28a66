-- The agreement and the KPIs count the same things: what is due and what of it was done in time, by
-- month. A row is a KPI and month in which they differ.

with

obligations as (

    select
        case obligation_kind
            when 'first_response' then 'sla_compliance'
            when 'internal_request' then 'request_compliance'
        end as kpi,
        cast({{ dbt.date_trunc('month', 'started_date') }} as date) as period_start,
        count(case when is_met then 1 end) as met_count,
        count(*) as due_count

    from {{ ref('fct_sla_obligations') }}
    where is_due and obligation_kind in ('first_response', 'internal_request')
    group by obligation_kind, cast({{ dbt.date_trunc('month', 'started_date') }} as date)

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where
        kpi in ('sla_compliance', 'request_compliance')
        and scope_type = 'company'
        and period_type = 'month'
        and numerator is not null

)

select
    kpi_values.kpi,
    kpi_values.period_start,
    obligations.met_count,
    kpi_values.numerator,
    obligations.due_count,
    kpi_values.denominator

from kpi_values
left join obligations
    on kpi_values.kpi = obligations.kpi
    and kpi_values.period_start = obligations.period_start
where
    kpi_values.numerator != coalesce(obligations.met_count, 0)
    or kpi_values.denominator != coalesce(obligations.due_count, 0)
