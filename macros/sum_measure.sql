{#
    A measure per day and combination of its dimensions, in the columns all measures share. `relation`
    has a row per thing that may count, with its dimensions; `where` keeps those that do, `quantity`
    says how much each counts and `is_pending` whether time will tell. A quantity of null (an amount
    without a rate) is counted as an unknown part, not taken as zero: a ratio over spend that is only
    partly known would look better than it is. Ten decimals, as a share of a deal has: shares sum to
    whole deals.
#}
{% macro sum_measure(
    measure, relation, date_day='date_day', quantity='1', is_pending=none, where=none, person='person_id'
) %}
{% set traits = kpi_measures()[measure] %}
{% set columns = kpi_dimensions() %}
{% do columns.update({'person': person, 'department': traits.department}) %}
select
    '{{ measure }}' as measure,
    cast({{ date_day }} as date) as date_day,
    {% for dimension, column in kpi_dimensions().items() %}
    {% if dimension in traits.dimensions %}
    {{ columns[dimension] }} as {{ column }},
    {% else %}
    cast(null as string) as {{ column }},
    {% endif %}
    {% endfor %}
    cast(coalesce(sum({{ quantity }}), 0) as decimal(28, 10)) as value,
    cast(count(*) - count({{ quantity }}) as bigint) as unknown_parts,
    cast({{ 'sum(case when ' ~ is_pending ~ ' then 1 else 0 end)' if traits.has_pending else '0' }} as bigint)
        as pending_parts

from {{ relation }}
{% if where %}
where {{ where }}
{% endif %}
group by
    {% for dimension in traits.dimensions if columns[dimension][0] != "'" %}
    {{ columns[dimension] }},
    {% endfor %}
    {{ date_day }}
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

{# The models that count measures, each once. #}
{% macro measure_models() %}
    {{ return(kpi_measures().values() | map(attribute='model') | unique | list) }}
{% endmacro %}

{# A measure of the catalogue and the model that counts it, as people look it up. #}
{% macro measure_place(measure) -%}
    case
        {% for model in measure_models() %}
        when {{ measure }} in ({{ measures_with('model', model) }}) then '{{ model }}.'
        {% endfor %}
    end || {{ measure }}
{%- endmacro %}
