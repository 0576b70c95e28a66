-- One row per KPI, scope and range. Months and quarters are as published. A year and the last
-- twelve months add up the parts of their months before anything is divided; one unknown month
-- makes the whole unknown.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}
    where aggregation in ('additive', 'ratio')

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

periods_of_ranges as (

    select
        kpi_values.*,
        ranges.range_id,
        catalogue.aggregation,
        catalogue.direction,
        {{ dbt.datediff('kpi_values.period_start', 'kpi_values.period_end', 'day') }}
            as period_days

    from kpi_values
    inner join catalogue
        on kpi_values.kpi = catalogue.kpi
    inner join ranges
        on kpi_values.period_start >= ranges.range_start
        and kpi_values.period_end <= ranges.range_end
        -- A source that began in the middle of a quarter has a quarter, though not its first month.
        and (kpi_values.period_type = 'quarter') = (ranges.range_type = 'quarter')
        and kpi_values.period_type in ('month', 'quarter')

),

-- The target of a count or amount adds up; that of a ratio is a level, held for so many days.
summed_periods as (

    select
        range_id,
        kpi,
        scope_type,
        scope_id,
        direction,
        aggregation,
        case when count(*) = count(numerator) then cast(sum(numerator) as decimal(28, 10)) end
            as numerator,
        case when count(*) = count(denominator) then cast(sum(denominator) as decimal(28, 10)) end
            as denominator,
        case
            when count(*) > count(target) then null
            when aggregation = 'additive' then cast(sum(target) as decimal(24, 6))
            else
                cast(
                    {{ exact_ratio(
                        'sum(' ~ product('target', 6, 'period_days', 0) ~ ')', 'sum(period_days)'
                    ) }} as decimal(24, 6)
                )
        end as target,
        max(case when numerator is null then reason end) as unknown_reason,
        max(case when value is null then reason end) as empty_reason

    from periods_of_ranges
    group by range_id, kpi, scope_type, scope_id, direction, aggregation

),

divided_ranges as (

    select
        *,
        case
            when aggregation = 'additive' then cast(numerator as decimal(28, 10))
            else {{ exact_ratio('numerator', 'denominator') }}
        end as value

    from summed_periods

)

select
    range_id,
    kpi,
    scope_type,
    scope_id,
    numerator,
    denominator,
    value,
    target,
    case
        when direction = 'down' then {{ exact_ratio('target', 'value') }}
        else {{ exact_ratio('value', 'target') }}
    end as attainment,
    case when value is null then coalesce(unknown_reason, empty_reason) end as reason

from divided_ranges
