-- Won deals among closed deals, counted, by the day they were closed.
-- One row per day and combination of the dimensions it has.

with

credited_deals as (

    select * from {{ ref('int_kpi__credited_deals') }}

),

win_rate_count_parts as (

    select
        closed_date as kpi_date,
        channel_id,
        campaign_id,
        product_line_id,
        person_id,
        'sales' as department_id,
        case when status = 'won' then credit_share else 0 end as numerator,
        credit_share as denominator

    from credited_deals
    where status in ('won', 'lost')

)

{{ sum_kpi_parts('win_rate_count_parts', is_ratio=true) }}
