-- One row per range longer than a month, attribution model, channel (all for the company) and KPI
-- of the marketing pages: the value under the model; null for a KPI that no model changes.

{% set cards = [
    ('visits', 'visits', 20),
    ('leads', 'leads', 30),
    ('mqls', none, 40),
    ('sqls', none, 50),
    ('won_deals', 'won_deals', 60),
    ('collected_revenue', 'collected_amount', 70),
    ('spend', 'spend_amount', 75),
    ('roas', 'roas', 80),
    ('wasted_spend', 'wasted_amount', 90),
] %}

with

sourcing as (

    select * from {{ ref('int_reports__sourcing') }}
    where scope_type in ('all', 'channel')

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}
    where range_type != 'month'

),

marketing_values as (

    {% for kpi, measure, sort_order in cards %}
    select
        sourcing.range_id,
        sourcing.model,
        sourcing.channel_id,
        '{{ kpi }}' as kpi,
        cast({{ sort_order }} as integer) as sort_order,
        cast({{ 'null' if measure is none else 'sourcing.' ~ measure }} as decimal(28, 10))
            as model_value

    from sourcing
    inner join ranges
        on sourcing.range_id = ranges.range_id
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

)

select
    *,
    case when channel_id = 'all' then 'company' else 'channel' end as scope_type,
    case when channel_id = 'all' then 'company' else channel_id end as scope_id

from marketing_values
