{#
    What a card of a page shows, from columns of `cards`; a reason stands in for a missing value.
    The tone comes from the attainment before it is cut.
#}
{% macro card_columns() -%}
    cards.kpi,
    cards.kpi_label,
    cast(cards.value as decimal(28, 6)) as value,
    {{ compared_format('cards.value_format', 'cards.value', 'cards.target', 'cards.attainment') }}
        as value_format,
    cast(cards.target as decimal(28, 6)) as target,
    {{ shown_attainment('cards.attainment') }} as attainment,
    {{ attainment_tone('cards.attainment') }} as tone,
    case when cards.value is null then cards.reason end as reason
{%- endmacro %}
