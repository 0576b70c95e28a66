-- One row per KPI, scope and period with a target: the target prorated by the calendar days on
-- which it was in force. Amounts and counts share out over days; the target of a ratio is a
-- level, so a period in which it changes takes the average over its days.

with

targets as (

    select * from {{ ref('targets') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

days as (

    select * from {{ ref('int_kpi__days') }}

),

target_days as (

    select
        targets.kpi,
        targets.scope_type,
        targets.scope_id,
        targets.target_value,
        catalogue.aggregation,
        days.date_day,
        case targets.period_type
            when 'week' then days.week_start
            when 'month' then days.month_start
            else days.quarter_start
        end as target_period_start,
        case targets.period_type
            when 'week' then 7
            when 'month' then {{ days_in_months('days.month_start', 1) }}
            else {{ days_in_months('days.quarter_start', 3) }}
        end as target_period_days,
        days.week_start,
        days.month_start,
        days.quarter_start

    from targets
    inner join catalogue
        on targets.kpi = catalogue.kpi
    inner join days
        on days.date_day >= targets.valid_from
        and days.date_day < coalesce(targets.valid_to, cast('9999-12-31' as date))

),

-- Days first, so that a full month carries its whole target without a rounded daily share.
day_counts as (

    {% for period in ['week', 'month', 'quarter'] %}
    select
        kpi,
        scope_type,
        scope_id,
        aggregation,
        '{{ period }}' as period_type,
        {{ period }}_start as period_start,
        target_period_start,
        target_period_days,
        target_value,
        cast(count(*) as integer) as active_days

    from target_days
    group by
        kpi, scope_type, scope_id, aggregation, {{ period }}_start, target_period_start,
        target_period_days, target_value
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

weighted_targets as (

    select
        *,
        {{ product('target_value', 6, 'active_days', 0) }} as target_value_days

    from day_counts

),

prorated_targets as (

    select
        kpi,
        scope_type,
        scope_id,
        period_type,
        period_start,
        cast(
            case
                when aggregation = 'additive'
                    then sum({{ exact_ratio('target_value_days', 'target_period_days') }})
                else {{ exact_ratio('sum(target_value_days)', 'sum(active_days)') }}
            end as decimal(24, 6)
        ) as target

    from weighted_targets
    group by kpi, scope_type, scope_id, period_type, period_start, aggregation

)

select * from prorated_targets
