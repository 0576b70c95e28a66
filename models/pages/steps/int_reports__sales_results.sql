-- One row per range and person with anything in it, the total (all) included: leads answered,
-- worked and judged, deals won, and the money they stand for, against target.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where scope_type in ('company', 'person')

),

ranges as (

    select * from {{ ref('dim_ranges') }}

),

{% set measures = [
    ('judged_leads', 'ignored_lead_rate', 'denominator', 'bigint'),
    ('ignored_leads', 'ignored_lead_rate', 'numerator', 'bigint'),
    ('ignored_rate', 'ignored_lead_rate', 'value', 'decimal(28, 6)'),
    ('wasted_amount', 'wasted_spend', 'value', 'decimal(28, 2)'),
    ('due_responses', 'sla_compliance', 'denominator', 'bigint'),
    ('sla_rate', 'sla_compliance', 'value', 'decimal(28, 6)'),
    ('sla_target', 'sla_compliance', 'reference_target', 'decimal(28, 6)'),
    ('sla_attainment', 'sla_compliance', 'reference_attainment', 'decimal(28, 10)'),
    ('feedback_rate', 'feedback_completeness', 'value', 'decimal(28, 6)'),
    ('won_deals', 'won_deals', 'value', 'decimal(28, 4)'),
    ('closed_deals', 'win_rate_count', 'denominator', 'decimal(28, 4)'),
    ('win_rate', 'win_rate_count', 'value', 'decimal(28, 6)'),
    ('booked_amount', 'booked_revenue', 'value', 'decimal(28, 2)'),
    ('booked_target', 'booked_revenue', 'reference_target', 'decimal(28, 2)'),
    ('booked_attainment', 'booked_revenue', 'reference_attainment', 'decimal(28, 10)'),
    ('collected_amount', 'collected_revenue', 'value', 'decimal(28, 2)'),
] %}

person_results as (

    select
        ranges.range_id,
        ranges.range_type,
        ranges.range_start,
        ranges.range_label,
        {% for name, kpi, part, type in measures %}
        cast(
            max(case when kpi_values.kpi = '{{ kpi }}' then kpi_values.{{ part }} end)
            as {{ type }}
        ) as {{ name }},
        {% endfor %}
        case when kpi_values.scope_type = 'company' then 'all' else kpi_values.scope_id end
            as person_id

    from kpi_values
    inner join ranges
        on kpi_values.period_type = ranges.range_type
        and kpi_values.period_start = ranges.range_start
    group by
        ranges.range_id,
        ranges.range_type,
        ranges.range_start,
        ranges.range_label,
        kpi_values.scope_type,
        kpi_values.scope_id

)

select * from person_results
where
    person_id = 'all'
    or judged_leads != 0
    or due_responses != 0
    or closed_deals != 0
    or won_deals != 0
    or collected_amount != 0
