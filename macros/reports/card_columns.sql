{# What a card of a page shows, from columns of `cards`; a reason stands in for a missing value. #}
{% macro card_columns() -%}
    cards.kpi,
    cards.kpi_label,
    cast(cards.value as decimal(18, 6)) as value,
    cards.value_format,
    cast(cards.target as decimal(18, 6)) as target,
    cast(cards.attainment as decimal(18, 6)) as attainment,
    {{ attainment_tone('cards.attainment') }} as tone,
    case when cards.value is null then cards.reason end as reason
{%- endmacro %}
