-- One row per period: by which KPI each side of the company is judged, which side has no attainment
-- and why, in words; the reasons are null where all three can be judged.

with

side_kpis as (

    select * from {{ ref('int_reports__side_kpis') }}

),

explained_periods as (

    select
        period_type,
        period_start,
        {{ dbt.listagg(
            "case when is_in_force then side || ' by ' || lower(kpi_label) end",
            "', '", 'order by side_order'
        ) }} as measured_by,
        {{ dbt.listagg(
            "case when is_in_force and attainment is null then side || ': ' || reason end",
            "'; '", 'order by side_order'
        ) }} as missing_reason,
        {{ dbt.listagg(
            "case when not is_in_force then side || ': its headline KPI is ' || reason end",
            "'; '", 'order by side_order'
        ) }} as unset_reason,
        -- Said once where it is the same for all three.
        case
            when count(case when is_in_force then 1 end) = 0 and count(distinct reason) = 1
                then 'the headline KPIs are ' || max(reason)
        end as common_unset_reason

    from side_kpis
    group by period_type, period_start

)

select
    period_type,
    period_start,
    measured_by,
    missing_reason,
    coalesce(common_unset_reason, unset_reason) as unset_reason

from explained_periods
