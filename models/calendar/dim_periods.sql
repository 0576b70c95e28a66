-- One row per week, month, quarter and year (both fiscal) that has begun by the last day the data
-- speaks for, and the last twelve finished months. A period is over when the data speaks for its
-- very end: a last event at noon leaves the day open.

with

dates as (

    select * from {{ ref('dim_dates') }}

),

as_of as (

    select * from {{ ref('dim_as_of') }}

),

{% set period_ends = {
    'week': dbt.dateadd('day', 7, 'week_start'),
    'month': dbt.dateadd('month', 1, 'month_start'),
    'quarter': 'quarter_end',
    'year': 'year_end',
} %}
{% set unnumbered = 'cast(null as integer)' %}

periods as (

    {% for period, end in period_ends.items() %}
    select distinct
        '{{ period }}' as period_type,
        {{ period }}_start as period_start,
        cast({{ end }} as date) as period_end,
        {{ 'fiscal_year' if period in ['quarter', 'year'] else unnumbered }} as fiscal_year,
        {{ 'fiscal_quarter' if period == 'quarter' else unnumbered }} as fiscal_quarter

    from dates
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

begun_periods as (

    select
        periods.period_type,
        periods.period_start,
        periods.period_end,
        periods.fiscal_year,
        periods.fiscal_quarter,
        {{ instant_of_company_time('periods.period_end') }} <= as_of.observed_until as is_final

    from periods
    cross join as_of
    where periods.period_start <= as_of.as_of_date

),

-- Twelve finished months, so that no season is counted twice or left out.
last_12_months as (

    select
        'last_12_months' as period_type,
        cast({{ dbt.dateadd('month', -12, 'max(period_end)') }} as date) as period_start,
        max(period_end) as period_end,
        {{ unnumbered }} as fiscal_year,
        {{ unnumbered }} as fiscal_quarter,
        true as is_final

    from begun_periods
    where period_type = 'month' and is_final
    having count(*) >= 12

),

all_periods as (

    select * from begun_periods

    union all

    select * from last_12_months

)

select
    period_type,
    period_start,
    period_end,
    fiscal_year,
    fiscal_quarter,
    {{ period_label('period_type', 'period_start', 'period_end', 'fiscal_year', 'fiscal_quarter') }}
        as period_label,
    is_final

from all_periods
