-- One row per range, attribution model, channel (all for the company) and big number of the marketing
-- pages, in the order of the funnel, against its target where there is one.

with

sourcing as (

    select * from {{ ref('int_reports__sourcing') }}
    where scope_type in ('all', 'channel')

),

ranges as (

    select * from {{ ref('int_reports__ranges') }}
    where range_type != 'month'

),

kpi_ranges as (

    select * from {{ ref('int_reports__kpi_ranges') }}

),

catalogue as (

    select * from {{ ref('int_kpi__catalogue') }}

),

{% set cards = [
    ('spend', 'spend_amount', 75),
    ('visits', 'visits', 20),
    ('leads', 'leads', 30),
    ('mqls', none, 40),
    ('sqls', none, 50),
    ('won_deals', 'won_deals', 60),
    ('collected_revenue', 'collected_amount', 70),
    ('roas', 'roas', 80),
    ('wasted_spend', 'wasted_amount', 90),
] %}

-- What a model does not change is the shared KPI itself.
card_values as (

    {% for kpi, measure, sort_order in cards %}
    select
        sourcing.range_id,
        sourcing.model,
        sourcing.channel_id,
        '{{ kpi }}' as kpi,
        {{ sort_order }} as sort_order,
        {{ 'cast(null as decimal(28, 10))' if measure is none else 'cast(sourcing.' ~ measure ~ ' as decimal(28, 10))' }}
            as model_value

    from sourcing
    {% if not loop.last %}
    union all
    {% endif %}
    {% endfor %}

),

targets as (

    select * from {{ ref('int_reports__side_targets') }}

),

described_cards as (

    select
        card_values.range_id,
        card_values.model,
        card_values.channel_id,
        card_values.kpi,
        catalogue.kpi_label,
        case
            when card_values.kpi in ('mqls', 'sqls')
                then coalesce(kpi_ranges.value, case when company_ranges.value is not null then 0 end)
            else card_values.model_value
        end as value,
        {{ kpi_format('catalogue.unit') }} as value_format,
        case
            when card_values.channel_id = 'all' then targets.target
            else kpi_ranges.target
        end as target,
        catalogue.direction,
        coalesce(kpi_ranges.reason, company_ranges.reason) as reason,
        catalogue.definition,
        case
            when card_values.kpi in ('won_deals', 'wasted_spend') then 'sales'
            when card_values.kpi = 'collected_revenue' then 'company'
            else 'marketing'
        end as side,
        cast(card_values.sort_order as integer) as sort_order

    from card_values
    inner join ranges
        on card_values.range_id = ranges.range_id
    inner join catalogue
        on card_values.kpi = catalogue.kpi
    left join kpi_ranges
        on card_values.range_id = kpi_ranges.range_id
        and card_values.kpi = kpi_ranges.kpi
        and kpi_ranges.scope_type
            = case when card_values.channel_id = 'all' then 'company' else 'channel' end
        and kpi_ranges.scope_id
            = case when card_values.channel_id = 'all' then 'company' else card_values.channel_id end
    left join kpi_ranges as company_ranges
        on card_values.range_id = company_ranges.range_id
        and card_values.kpi = company_ranges.kpi
        and company_ranges.scope_type = 'company'
    left join targets
        on card_values.range_id = targets.range_id
        and card_values.kpi = targets.kpi

)

select
    range_id,
    model,
    channel_id,
    kpi,
    kpi_label,
    cast(value as decimal(18, 4)) as value,
    value_format,
    cast(target as decimal(18, 4)) as target,
    cast({{ exact_ratio('value', 'target') }} as decimal(18, 6)) as attainment,
    {{ attainment_tone(exact_ratio('value', 'target')) }} as tone,
    case
        when value is null
            then coalesce(reason, 'nothing in this period to compute it from')
    end as reason,
    definition,
    side,
    sort_order

from described_cards
