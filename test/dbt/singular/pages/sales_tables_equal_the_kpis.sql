-- The sales page shows the shared KPIs. A row is a quarter and person (or everybody) whose number
-- differs from the KPI, wherever the KPI is known.

with

ranges as (

    select * from {{ ref('rpt_ranges') }}
    where range_type = 'quarter'

),

shown_values as (

    {% for kpi, measure in [
        ('sla_compliance', 'sla_rate'),
        ('ignored_lead_rate', 'ignored_rate'),
        ('wasted_spend', 'wasted_amount'),
        ('feedback_completeness', 'feedback_rate'),
        ('win_rate_count', 'win_rate'),
        ('booked_revenue', 'booked_amount'),
        ('collected_revenue', 'collected_amount'),
    ] %}
    select
        range_start,
        person_id,
        '{{ kpi }}' as kpi,
        cast({{ measure }} as decimal(28, 10)) as shown_value

    from {{ ref('rpt_sales_results') }}
    where range_type = 'quarter'
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

shown_ignored_rates as (

    select
        ranges.range_start,
        ignored.person_id,
        'ignored_lead_rate' as kpi,
        cast(ignored.ignored_rate as decimal(28, 10)) as shown_value

    from {{ ref('rpt_ignored_leads') }} as ignored
    inner join ranges
        on ignored.range_id = ranges.range_id
    where ignored.product_line_id = 'all'

),

all_shown_values as (

    select * from shown_values

    union all

    select * from shown_ignored_rates

),

kpi_values as (

    select
        *,
        case when scope_type = 'company' then 'all' else scope_id end as person_id

    from {{ ref('fct_kpi_values') }}
    where period_type = 'quarter' and scope_type in ('company', 'person')

)

select
    shown_values.kpi,
    shown_values.person_id,
    shown_values.range_start,
    shown_values.shown_value,
    kpi_values.value

from all_shown_values as shown_values
left join kpi_values
    on shown_values.kpi = kpi_values.kpi
    and shown_values.range_start = kpi_values.period_start
    and shown_values.person_id = kpi_values.person_id
where
    kpi_values.value is not null
    and (
        shown_values.shown_value is null
        or abs(shown_values.shown_value - kpi_values.value) > 0.005
        or (kpi_values.value <= 1 and abs(shown_values.shown_value - kpi_values.value) > 0.000001)
    )
