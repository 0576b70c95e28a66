-- One row per KPI, scope and period with a target: the target prorated by the calendar days on
-- which it was in force. Amounts and counts share out over days; the target of a ratio is a
-- level, so a period in which it changes takes the average over its days.

with

targets as (

    select * from {{ ref('targets') }}

),

catalogue as (

    select * from {{ ref('dim_kpis') }}

),

period_days as (

    select * from {{ ref('int_kpi__period_days') }}

),

period_months as (

    select
        period_type,
        period_start,
        count(distinct month_start) as month_count

    from period_days
    group by period_type, period_start

),

target_days as (

    select
        targets.kpi,
        targets.scope_type,
        targets.scope_id,
        targets.target_value,
        catalogue.denominator is null as is_sum,
        period_days.period_type,
        period_days.period_start,
        period_days.month_start,
        case targets.period_type
            when 'week' then 7
            when 'month' then {{ days_in_months('period_days.month_start', 1) }}
            when 'quarter' then {{ days_in_months('period_days.quarter_start', 3) }}
            else {{ days_in_months('period_days.year_start', 12) }}
        end as target_period_days

    from targets
    inner join catalogue
        on targets.kpi = catalogue.kpi
    inner join period_days
        on period_days.date_day >= targets.valid_from
        and period_days.date_day < coalesce(targets.valid_to, cast('9999-12-31' as date))

),

-- Days first, so that a full month carries its whole target without a rounded daily share.
day_counts as (

    select
        kpi,
        scope_type,
        scope_id,
        is_sum,
        period_type,
        period_start,
        target_period_days,
        target_value,
        cast(count(*) as integer) as active_days

    from target_days
    group by
        kpi, scope_type, scope_id, is_sum, period_type, period_start, target_period_days,
        target_value

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
                when is_sum
                    then sum({{ exact_ratio('target_value_days', 'target_period_days') }})
                else {{ exact_ratio('sum(target_value_days)', 'sum(active_days)') }}
            end as decimal(24, 6)
        ) as target

    from weighted_targets
    group by kpi, scope_type, scope_id, period_type, period_start, is_sum

),

target_months as (

    select
        kpi,
        scope_type,
        scope_id,
        period_type,
        period_start,
        count(distinct month_start) as month_count

    from target_days
    group by kpi, scope_type, scope_id, period_type, period_start

),

-- A year of which some month has no target has none: that of the others would be passed with ease.
whole_targets as (

    select prorated_targets.*
    from prorated_targets
    inner join target_months
        on prorated_targets.kpi = target_months.kpi
        and prorated_targets.scope_type = target_months.scope_type
        and prorated_targets.scope_id = target_months.scope_id
        and prorated_targets.period_type = target_months.period_type
        and prorated_targets.period_start = target_months.period_start
    inner join period_months
        on prorated_targets.period_type = period_months.period_type
        and prorated_targets.period_start = period_months.period_start
    where
        prorated_targets.period_type in ('week', 'month', 'quarter')
        or target_months.month_count = period_months.month_count

)

select * from whole_targets
