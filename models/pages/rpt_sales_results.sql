-- One row per range and person with anything in it, the total (all) included: leads answered,
-- worked and judged, deals won, and the money they stand for, against target.

with

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where scope_type in ('company', 'person')

),

response_times as (

    select * from {{ ref('int_reports__response_times') }}

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}

),

people as (

    select * from {{ ref('dim_people') }}

),

{% set measures = [
    ('judged_leads', 'ignored_lead_rate', 'denominator', 'bigint'),
    ('ignored_leads', 'ignored_lead_rate', 'numerator', 'bigint'),
    ('ignored_rate', 'ignored_lead_rate', 'value', 'decimal(28, 6)'),
    ('wasted_amount', 'wasted_spend', 'value', 'decimal(28, 2)'),
    ('due_responses', 'sla_compliance', 'denominator', 'bigint'),
    ('sla_rate', 'sla_compliance', 'value', 'decimal(28, 6)'),
    ('sla_target', 'sla_compliance', 'reference_target', 'decimal(28, 6)'),
    ('feedback_rate', 'feedback_completeness', 'value', 'decimal(28, 6)'),
    ('feedback_target', 'feedback_completeness', 'reference_target', 'decimal(28, 6)'),
    ('won_deals', 'win_rate_count', 'numerator', 'decimal(28, 4)'),
    ('closed_deals', 'win_rate_count', 'denominator', 'decimal(28, 4)'),
    ('win_rate', 'win_rate_count', 'value', 'decimal(28, 6)'),
    ('booked_amount', 'booked_revenue', 'value', 'decimal(28, 2)'),
    ('booked_target', 'booked_revenue', 'reference_target', 'decimal(28, 2)'),
    ('exact_attainment', 'booked_revenue', 'reference_attainment', 'decimal(28, 6)'),
    ('collected_amount', 'collected_revenue', 'value', 'decimal(28, 2)'),
] %}

person_results as (

    select
        ranges.range_id,
        ranges.range_type,
        ranges.range_start,
        ranges.range_label,
        case when kpi_values.scope_type = 'company' then 'all' else kpi_values.scope_id end
            as person_id,
        {% for name, kpi, part, type in measures %}
        cast(
            max(case when kpi_values.kpi = '{{ kpi }}' then kpi_values.{{ part }} end)
            as {{ type }}
        ) as {{ name }},
        {% endfor %}
        cast(
            max(case when kpi_values.kpi = 'won_deals' then kpi_values.value end)
            as decimal(28, 4)
        ) as deals_won

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

select
    person_results.range_id,
    person_results.range_type,
    person_results.range_start,
    person_results.range_label,
    person_results.person_id,
    case person_results.person_id
        when 'all' then 'Total'
        when 'unattributed' then 'No owner'
        else coalesce({{ person_label('people') }}, person_results.person_id)
    end as person_label,
    person_results.person_id = 'all' as is_total,
    {% for name, kpi, part, type in measures if name not in ['won_deals', 'exact_attainment'] %}
    person_results.{{ name }},
    {% endfor %}
    {{ shown_attainment('person_results.exact_attainment') }} as booked_attainment,
    person_results.deals_won as won_deals,
    response_times.median_response_minutes,
    case when person_results.sla_rate < person_results.sla_target then 'bad' else 'neutral' end
        as sla_tone,
    case when person_results.exact_attainment < 1 then 'bad' else 'neutral' end as booked_tone

from person_results
left join people
    on person_results.person_id = people.person_id
left join response_times
    on person_results.range_id = response_times.range_id
    and person_results.person_id = response_times.person_id
where
    person_results.person_id = 'all'
    or person_results.judged_leads != 0
    or person_results.due_responses != 0
    or person_results.closed_deals != 0
    or person_results.deals_won != 0
    or person_results.collected_amount != 0
