-- One row per card of a KPI and month or quarter: its change since the period before and the same
-- period a year ago, whether the first is good, and the last twelve values for a small line.

with

card_values as (

    select
        card_values.*,
        cast({{ dbt.datediff(
            'periods.period_start', 'periods.period_end', 'month'
        ) }} as integer) as month_count,
        row_number() over (
            partition by card_values.kpi, card_values.scope_id, card_values.period_type
            order by card_values.period_start
        ) as period_number

    from {{ ref('int_reports__card_values') }} as card_values
    inner join {{ ref('dim_periods') }} as periods
        on card_values.period_type = periods.period_type
        and card_values.period_start = periods.period_start
    where card_values.period_type in ('month', 'quarter')

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

-- A value that is not known stays a gap in the line.
trends as (

    select
        card_values.kpi,
        card_values.scope_id,
        card_values.period_type,
        card_values.period_start,
        '[' || {{ dbt.listagg(
            "coalesce(cast(cast(round(earlier.value, 4) as decimal(28, 4)) as varchar), 'null')",
            "','", 'order by earlier.period_number'
        ) }} || ']' as trend

    from card_values
    inner join card_values as earlier
        on card_values.kpi = earlier.kpi
        and card_values.scope_id = earlier.scope_id
        and card_values.period_type = earlier.period_type
        and earlier.period_number between card_values.period_number - 11
        and card_values.period_number
    group by
        card_values.kpi, card_values.scope_id, card_values.period_type, card_values.period_start

),

-- A quarter that another fiscal year cut short is compared with none of three months.
changes as (

    select
        card_values.kpi,
        card_values.scope_id,
        card_values.period_type,
        card_values.period_start,
        {{ message('cards.change', {
            'before': as_change('card_values.value', 'earlier.value', 'catalogue.unit'),
            'period_before': as_period('earlier.period_type', 'earlier.period_start'),
            'year_ago': as_change('card_values.value', 'year_ago.value', 'catalogue.unit'),
            'period_year_ago': as_period('year_ago.period_type', 'year_ago.period_start')
        }) }} as change_message,
        case
            when earlier.value is null or card_values.value = earlier.value then 'neutral'
            when catalogue.direction = 'neutral' then 'neutral'
            when (catalogue.direction = 'up') = (card_values.value > earlier.value) then 'good'
            else 'warn'
        end as change_tone,
        trends.trend

    from card_values
    inner join catalogue
        on card_values.kpi = catalogue.kpi
    inner join trends
        on card_values.kpi = trends.kpi
        and card_values.scope_id = trends.scope_id
        and card_values.period_type = trends.period_type
        and card_values.period_start = trends.period_start
    left join card_values as earlier
        on card_values.kpi = earlier.kpi
        and card_values.scope_id = earlier.scope_id
        and card_values.period_type = earlier.period_type
        and card_values.period_number = earlier.period_number + 1
        and card_values.month_count = earlier.month_count
    left join card_values as year_ago
        on card_values.kpi = year_ago.kpi
        and card_values.scope_id = year_ago.scope_id
        and card_values.period_type = year_ago.period_type
        and card_values.month_count = year_ago.month_count
        and card_values.period_start
        = cast({{ dbt.dateadd('year', 1, 'year_ago.period_start') }} as date)
    where card_values.value is not null

)

select * from changes
