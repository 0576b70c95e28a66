-- One row per range and big number of the page of the quality analyst. What waits is counted now,
-- whatever the range.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where
        scope_type = 'company'
        and kpi in ('rejection_overturn_rate', 'reclaimed_revenue', 'qa_return')

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

audit_counts as (

    select * from {{ ref('int_reports__audit_counts') }}

),

cards as (

    select
        ranges.range_id,
        kpi_values.kpi,
        catalogue.kpi_label,
        kpi_values.value,
        {{ kpi_format('catalogue.unit') }} as value_format,
        kpi_values.target,
        kpi_values.attainment,
        kpi_values.reason_text as reason,
        catalogue.definition,
        case
            when kpi_values.kpi = 'rejection_overturn_rate' then 'sales' else 'company'
        end as side,
        case kpi_values.kpi
            when 'rejection_overturn_rate' then 10
            when 'reclaimed_revenue' then 20
            else 30
        end as sort_order

    from kpi_values
    inner join catalogue
        on kpi_values.kpi = catalogue.kpi
    inner join ranges
        on kpi_values.period_type = ranges.range_type
        and kpi_values.period_start = ranges.range_start

    {% for kpi, label, column, definition, sort_order in [
        (
            'waiting_audits', 'Leads that wait', 'waiting_leads',
            'Leads that sales turned down, young enough to win back, that no analyst has looked at since; today.', 40,
        ),
        (
            'overdue_audits', 'Of them overdue', 'overdue_leads',
            'Those of them that wait longer than the agreed days for an audit; today.', 50,
        ),
    ] %}
    union all

    select
        ranges.range_id,
        '{{ kpi }}' as kpi,
        '{{ label }}' as kpi_label,
        case when audit_counts.has_lead_events then audit_counts.{{ column }} end as value,
        'num0' as value_format,
        null as target,
        null as attainment,
        'source not connected: lead_events' as reason,
        '{{ definition }}' as definition,
        'company' as side,
        {{ sort_order }} as sort_order

    from ranges
    cross join audit_counts
    {% endfor %}

)

select
    range_id,
    {{ card_columns() }},
    definition,
    side,
    cast(sort_order as integer) as sort_order

from cards
