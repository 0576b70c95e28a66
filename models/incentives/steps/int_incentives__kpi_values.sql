-- One row per published KPI, scope, and month or quarter: the only numbers anybody is paid on.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}

),

payable_values as (

    select
        kpi,
        scope_type,
        scope_id,
        period_type,
        period_start,
        period_end,
        value,
        target,
        attainment,
        is_final,
        reason

    from kpi_values
    where period_type in ('month', 'quarter')

)

select * from payable_values
