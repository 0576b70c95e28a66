-- The channel table under the default model shows the shared KPIs, nothing else. A row is a quarter
-- and channel (or the company) whose measure differs from the KPI, wherever both are known.

with

credit_models as (

    select * from {{ ref('rpt_credit_models') }}
    where is_default

),

results as (

    select * from {{ ref('rpt_channel_results') }}

),

ranges as (

    select * from {{ ref('rpt_ranges') }}
    where range_type = 'quarter'

),

kpi_values as (

    select * from {{ ref('fct_kpi_values') }}
    where period_type = 'quarter' and scope_type in ('company', 'channel')

),

{% set measures = [
    ('collected_revenue', 'collected_amount', 0.005),
    ('spend', 'spend_amount', 0.005),
    ('leads', 'leads', 0),
    ('visits', 'visits', 0),
    ('won_deals', 'won_deals', 0.0001),
    ('win_rate_count', 'win_rate', 0.000001),
    ('wasted_spend', 'wasted_amount', 0.005),
] %}

shown_values as (

    {% for kpi, measure, tolerance in measures %}
    select
        ranges.range_start,
        case when results.is_total then 'company' else 'channel' end as scope_type,
        case when results.is_total then 'company' else results.channel_id end as scope_id,
        '{{ kpi }}' as kpi,
        cast(results.{{ measure }} as decimal(28, 10)) as shown_value,
        cast({{ tolerance }} as decimal(28, 10)) as tolerance

    from results
    inner join credit_models
        on results.model = credit_models.model
    inner join ranges
        on results.range_id = ranges.range_id
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    kpi_values.kpi,
    kpi_values.scope_id,
    kpi_values.period_start,
    kpi_values.value,
    shown_values.shown_value

from kpi_values
left join shown_values
    on kpi_values.kpi = shown_values.kpi
    and kpi_values.scope_type = shown_values.scope_type
    and kpi_values.scope_id = shown_values.scope_id
    and kpi_values.period_start = shown_values.range_start
where
    kpi_values.kpi in (
        {% for kpi, measure, tolerance in measures %}
        '{{ kpi }}'{{ ',' if not loop.last }}
        {% endfor %}
    )
    and kpi_values.value is not null
    and (
        shown_values.kpi is null
        or abs(kpi_values.value - shown_values.shown_value) > shown_values.tolerance
    )
