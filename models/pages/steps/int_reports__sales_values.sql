-- One row per range, person (all for the company) and sales KPI: value, parts and target. A rate a
-- person has no target of their own for is held against that of the department.

with

kpi_ranges as (

    select * from {{ ref('int_reports__kpi_ranges') }}
    where
        kpi in (
            'sla_compliance',
            'ignored_lead_rate',
            'wasted_spend',
            'feedback_completeness',
            'won_deals',
            'win_rate_count',
            'booked_revenue',
            'collected_revenue'
        )

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

targets as (

    select * from {{ ref('int_reports__side_targets') }}

),

sales_values as (

    select
        kpi_ranges.range_id,
        case when kpi_ranges.scope_type = 'company' then 'all' else kpi_ranges.scope_id end
            as person_id,
        kpi_ranges.kpi,
        catalogue.kpi_label,
        catalogue.definition,
        catalogue.unit,
        catalogue.direction,
        kpi_ranges.numerator,
        kpi_ranges.denominator,
        kpi_ranges.value,
        case
            when kpi_ranges.scope_type = 'company'
                then coalesce(kpi_ranges.target, targets.target)
            when catalogue.aggregation = 'ratio'
                then coalesce(kpi_ranges.target, targets.owner_target)
            else kpi_ranges.target
        end as target,
        kpi_ranges.reason

    from kpi_ranges
    inner join catalogue
        on kpi_ranges.kpi = catalogue.kpi
    left join targets
        on kpi_ranges.range_id = targets.range_id
        and kpi_ranges.kpi = targets.kpi
    where kpi_ranges.scope_type in ('company', 'person')

)

select
    *,
    case
        when direction = 'down' then {{ exact_ratio('target', 'value') }}
        else {{ exact_ratio('value', 'target') }}
    end as attainment

from sales_values
