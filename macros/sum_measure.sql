{#
    A measure per day and combination of its dimensions, in the columns all measures share.
    `relation` has a row per counted thing: date_day, its dimensions, quantity and, where the measure
    has pending things, is_pending. A quantity of null (an amount without a rate) is counted as an
    unknown part, not taken as zero: a ratio over spend that is only partly known would look better
    than it is. Ten decimals, as a share of a deal has: shares sum to whole deals.
#}
{% macro sum_measure(measure, relation) %}
{% set traits = kpi_measures()[measure] %}
select
    cast(date_day as date) as date_day,
    {% for dimension, column in kpi_dimensions().items() %}
    {% if dimension in traits.dimensions %}
    {{ column }},
    {% else %}
    cast(null as string) as {{ column }},
    {% endif %}
    {% endfor %}
    cast(coalesce(sum(quantity), 0) as decimal(28, 10)) as value,
    cast(count(*) - count(quantity) as bigint) as unknown_parts,
    cast({{ 'sum(case when is_pending then 1 else 0 end)' if traits.has_pending else '0' }} as bigint)
        as pending_parts

from {{ relation }}
group by
    {% for dimension in traits.dimensions %}
    {{ kpi_dimensions()[dimension] }},
    {% endfor %}
    date_day
{% endmacro %}

{# The column of each dimension a measure may have. #}
{% macro kpi_dimensions() %}
    {{ return({
        'channel': 'channel_id',
        'campaign': 'campaign_id',
        'landing_page': 'landing_page',
        'product_line': 'product_line_id',
        'person': 'person_id',
        'department': 'department_id',
        'attribution_model': 'attribution_model',
    }) }}
{% endmacro %}
