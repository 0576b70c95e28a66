-- One row per week of the last year: the qualified leads that came, between the bounds of what
-- sales can work well, and whether they were too few, right or too many. The newest evaluated week
-- sums up the weeks before it.

{% set weeks_shown = 52 %}
{% set weeks_summed_up = 8 %}

with

numbered_weeks as (

    select
        *,
        row_number() over (order by week_start desc) as week_number,
        case
            when band is not null
                then row_number() over (partition by band is null order by week_start desc)
        end as band_number

    from {{ ref('fct_lead_capacity') }}

),

counted_bands as (

    select
        count(*) as weeks,
        count(case when band = 'low' then 1 end) as low_weeks,
        count(case when band = 'right' then 1 end) as right_weeks,
        count(case when band = 'high' then 1 end) as high_weeks

    from numbered_weeks
    where band_number <= {{ weeks_summed_up }}

)

select
    numbered_weeks.week_start,
    {{ period_label("'week'", 'numbered_weeks.week_start') }} as week_label,
    cast(numbered_weeks.week_number as integer) as week_number,
    numbered_weeks.qualified_leads,
    numbered_weeks.capacity_leads,
    cast(
        {{ product('numbered_weeks.capacity_leads', 3, 'numbered_weeks.low_below', 4) }}
        as decimal(28, 1)
    ) as low_leads,
    cast(
        {{ product('numbered_weeks.capacity_leads', 3, 'numbered_weeks.high_above', 4) }}
        as decimal(28, 1)
    ) as high_leads,
    cast(kpi_values.value as decimal(28, 6)) as use_share,
    numbered_weeks.available_days,
    numbered_weeks.band,
    coalesce(
        numbered_weeks.reason_message, {{ message('sales.band', {'band': 'numbered_weeks.band'}) }}
    ) as band_label_message,
    case numbered_weeks.band
        when 'right' then 'good'
        when 'low' then 'warn'
        when 'high' then 'bad'
        else 'neutral'
    end as tone,
    numbered_weeks.is_final,
    case
        when numbered_weeks.band_number = 1
            then
                {{ message('sales.weeks_by_band', {
                    'band': 'numbered_weeks.band',
                    'leads': as_number('numbered_weeks.qualified_leads', 0),
                    'capacity': as_number('numbered_weeks.capacity_leads', 0),
                    'weeks': 'counted_bands.weeks',
                    'low': 'counted_bands.low_weeks',
                    'right': 'counted_bands.right_weeks',
                    'high': 'counted_bands.high_weeks'
                }) }}
    end as summary_message

from numbered_weeks
cross join counted_bands
left join {{ ref('fct_kpi_values') }} as kpi_values
    on kpi_values.kpi = 'lead_capacity_use'
    and kpi_values.scope_type = 'company'
    and kpi_values.period_type = 'week'
    and numbered_weeks.week_start = kpi_values.period_start
    and numbered_weeks.is_final
where numbered_weeks.week_number <= {{ weeks_shown }}
