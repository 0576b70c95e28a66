-- Assigned leads that nobody worked in time, by the day they were assigned.
-- One row per day and combination of the dimensions it has.

with

handovers as (

    select * from {{ ref('fct_lead_handovers') }}

),

-- A lead younger than the term is not yet judged: it is pending and counts on neither side.
ignored_lead_rate_parts as (

    select
        assigned_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        case when is_ignored then 1 else 0 end as numerator,
        case when is_judged_ignored then 1 else 0 end as denominator,
        not is_judged_ignored as is_pending

    from handovers
    where is_judged_ignored is not null

)

{{ sum_kpi_parts('ignored_lead_rate_parts', is_ratio=true, has_pending=true) }}
