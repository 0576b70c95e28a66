-- One row per week of the last year: the qualified leads that came, between the bounds of what
-- sales can work well, and in words whether they were too few, right or too many.

{% set weeks_shown = 52 %}

with

weeks as (

    select * from {{ ref('fct_lead_capacity') }}

),

numbered_weeks as (

    select
        *,
        row_number() over (order by week_start desc) as week_number

    from weeks

)

select
    week_start,
    {{ period_label("'week'", 'week_start') }} as week_label,
    cast(week_number as integer) as week_number,
    qualified_leads,
    capacity_leads,
    cast({{ product('capacity_leads', 3, 'low_below', 4) }} as decimal(28, 1)) as low_leads,
    cast({{ product('capacity_leads', 3, 'high_above', 4) }} as decimal(28, 1)) as high_leads,
    cast(use_share as decimal(28, 6)) as use_share,
    available_days,
    case band
        when 'low' then 'too few'
        when 'right' then 'right'
        when 'high' then 'too many'
        else reason
    end as band_label,
    case band
        when 'right' then 'good'
        when 'low' then 'warn'
        when 'high' then 'bad'
        else 'neutral'
    end as tone,
    is_final

from numbered_weeks
where week_number <= {{ weeks_shown }}
